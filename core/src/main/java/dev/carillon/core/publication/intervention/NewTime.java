package dev.carillon.core.publication.intervention;

import java.time.Instant;

/**
 * The new time of a missed publication.
 *
 * @param at business time
 * @param urgent whether the time is now and the caller waits
 */
public record NewTime(Instant at, boolean urgent) {}
