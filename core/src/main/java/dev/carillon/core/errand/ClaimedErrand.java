package dev.carillon.core.errand;

/**
 * An errand that this process runs, for as long as its lease holds.
 *
 * @param host what its account shares trouble with
 */
public record ClaimedErrand(Errand errand, String host) {}
