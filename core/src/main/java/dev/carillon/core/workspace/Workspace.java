package dev.carillon.core.workspace;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** A tenant. */
@MappedEntity("workspace")
public record Workspace(@Id UUID id, String name, String planId, Instant createdAt) {}
