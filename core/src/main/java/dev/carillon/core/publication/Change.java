package dev.carillon.core.publication;

import java.time.Instant;

/**
 * A publication's new state, to be written or just written.
 *
 * @param at business time of its workspace and mode
 */
public record Change(Publication publication, Instant at) {}
