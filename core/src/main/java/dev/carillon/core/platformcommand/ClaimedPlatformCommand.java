package dev.carillon.core.platformcommand;

/**
 * A platform command that this process runs, for as long as its lease holds.
 *
 * @param host the host of its account, whose accounts share outages
 */
public record ClaimedPlatformCommand(PlatformCommand command, String host) {}
