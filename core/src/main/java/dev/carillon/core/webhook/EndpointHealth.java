package dev.carillon.core.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint does, as its tries tell.
 *
 * @param failingSince when the first try failed after the last that did not; null while all is well
 * @param failures tries that have failed since then
 * @param warnings how many warnings these have led to
 * @param probing whether one delivery at a time is to show if it is back
 * @param probes how many of those have failed
 */
record EndpointHealth(@Nullable Instant failingSince, int failures, int warnings, boolean probing, int probes) {
    static final EndpointHealth WELL = new EndpointHealth(null, 0, 0, false, 0);

    /** What it is after more tries, before anybody is warned. */
    EndpointHealth after(Tally tries, Instant now, EndpointHealthConfig config) {
        var before = tries.succeeded() ? WELL : this;
        int failed = before.failures + tries.failures();
        if (failed == 0) {
            return before;
        }
        return new EndpointHealth(
                before.failingSince == null ? now : before.failingSince,
                failed,
                before.warnings,
                before.probing || failed >= config.probeAfter(),
                before.probing && tries.probeFailed() ? before.probes + 1 : before.probes);
    }

    EndpointHealth warned(int times) {
        return new EndpointHealth(failingSince, failures, times, probing, probes);
    }

    /** Of an endpoint that is not sent anything: nothing is left to be probed. */
    EndpointHealth atRest() {
        return new EndpointHealth(failingSince, failures, warnings, false, 0);
    }
}
