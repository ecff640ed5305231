package dev.carillon.jobs.lane;

import java.util.UUID;

/** What a dispatcher knows a row by: its id, and the generation at which it was claimed. */
public record RowKey(UUID id, long generation) {}
