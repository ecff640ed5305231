package dev.carillon.core.publication;

import dev.carillon.core.platform.PublishOutcome;

/** How the attempt of one claim ended, or a poll. */
public record Ended(Claim claim, PublishOutcome outcome) {}
