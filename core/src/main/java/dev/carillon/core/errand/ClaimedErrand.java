package dev.carillon.core.errand;

/**
 * A platform command that this process runs, for as long as its lease holds.
 *
 * @param host the host of its account, whose accounts share outages
 */
public record ClaimedErrand(Errand errand, String host) {}
