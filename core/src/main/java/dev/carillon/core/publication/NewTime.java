package dev.carillon.core.publication;

import java.time.Instant;

/**
 * When something is to go out after all.
 *
 * @param at business time
 * @param urgent whether that is now, and its caller waits
 */
public record NewTime(Instant at, boolean urgent) {}
