package dev.carillon.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;

/** Somebody's account on the network that the sandbox plays for it. */
@Serdeable
record SandboxAccount(@JsonProperty("account") String id, String platform, String username) {}
