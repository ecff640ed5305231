package dev.carillon.testkit.peers;

import org.junit.jupiter.api.Assumptions;

/** A peer is not available on this machine, for example because there is no npm or no network. */
final class PeerMissing extends Exception {
    private static final String REQUIRED = "CARILLON_REQUIRE_PEERS";

    PeerMissing(String reason) {
        super(reason);
    }

    PeerMissing(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** Skips the running test and says why; fails it if {@code CARILLON_REQUIRE_PEERS=true} requires the peers. */
    AssertionError skipOrFail() {
        if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
            return new AssertionError(getMessage() + " (" + REQUIRED + " is set, so this is a failure)", this);
        }
        var reason = "skipped: " + getMessage();
        System.err.println(reason); // a runner's summary counts skipped tests without their reasons
        Assumptions.abort(reason);
        throw new IllegalStateException("unreachable");
    }
}
