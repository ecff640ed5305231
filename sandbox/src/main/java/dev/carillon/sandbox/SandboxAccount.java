package dev.carillon.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;

/** An account on the network that the sandbox simulates for it. */
@Serdeable
record SandboxAccount(@JsonProperty("account") String id, String platform, String username) {}
