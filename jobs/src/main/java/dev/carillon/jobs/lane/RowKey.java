package dev.carillon.jobs.lane;

import java.util.UUID;

/** The key by which a dispatcher tracks a row: its id and the generation of its claim. */
public record RowKey(UUID id, long generation) {}
