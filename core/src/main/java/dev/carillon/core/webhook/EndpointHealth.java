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
 * @param busy how often in a row it had too much to do; what it says while it is left alone was asked before, and does not count
 */
record EndpointHealth(
        @Nullable Instant failingSince, int failures, int warnings, boolean probing, int probes, int busy) {
    static final EndpointHealth WELL = new EndpointHealth(null, 0, 0, false, 0, 0);

    /**
     * What it is after more tries, before anybody is warned.
     *
     * @param paused whether it is being left alone
     */
    EndpointHealth after(Tally tries, boolean paused, Instant now, EndpointHealthConfig config) {
        var before = (tries.succeeded() ? WELL : this).busyAgain(paused ? 0 : tries.busy());
        int failed = before.failures + tries.failures();
        if (failed == 0) {
            return before;
        }
        return new EndpointHealth(
                before.failingSince == null ? now : before.failingSince,
                failed,
                before.warnings,
                before.probing || failed >= config.probeAfter(),
                before.probing && tries.probeFailed() ? before.probes + 1 : before.probes,
                before.busy);
    }

    /** Answers that come at one moment count as two at most, however many they are: nobody has waited between them. */
    private EndpointHealth busyAgain(int answers) {
        int times = answers == 0 ? busy : Math.max(busy + 1, Math.min(answers, 2));
        return new EndpointHealth(failingSince, failures, warnings, probing, probes, times);
    }

    EndpointHealth warned(int times) {
        return new EndpointHealth(failingSince, failures, times, probing, probes, busy);
    }

    /** Of an endpoint that is not sent anything: nothing is left to be probed. */
    EndpointHealth atRest() {
        return new EndpointHealth(failingSince, failures, warnings, false, 0, 0);
    }
}
