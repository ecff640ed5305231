package dev.carillon.connectors.bluesky;

import dev.carillon.core.platform.PublishOutcome;

/** Tells the caller that wanted to write why its session could not be renewed through the credential store. */
final class RenewalRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient PublishOutcome outcome;

    RenewalRefused(PublishOutcome outcome) {
        super("the session could not be renewed", null, false, false);
        this.outcome = outcome;
    }

    PublishOutcome outcome() {
        return outcome;
    }
}
