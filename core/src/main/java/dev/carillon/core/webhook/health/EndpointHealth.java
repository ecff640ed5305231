package dev.carillon.core.webhook.health;

import dev.carillon.core.webhook.delivery.Tally;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The health of an endpoint, as its attempts show it.
 *
 * @param failingSince when the first attempt failed after the last success; null while it is healthy
 * @param failures attempts that have failed since then
 * @param warnings how many warnings these have caused
 * @param probing whether it is sent one delivery at a time, to see if it works again
 * @param probes how many of those have failed
 * @param busy how many busy answers in a row it gave; answers during a pause belong to earlier requests and do not
 *     count
 */
record EndpointHealth(
        @Nullable Instant failingSince, int failures, int warnings, boolean probing, int probes, int busy) {
    static final EndpointHealth WELL = new EndpointHealth(null, 0, 0, false, 0, 0);

    /**
     * The health after more attempts, before any warning.
     *
     * @param paused whether the endpoint is paused
     */
    EndpointHealth after(Tally attempts, boolean paused, Instant now, EndpointHealthConfig config) {
        var before = (attempts.succeeded() ? WELL : this).busyAgain(paused ? 0 : attempts.busy());
        int failed = before.failures + attempts.failures();
        if (failed == 0) {
            return before;
        }
        return new EndpointHealth(
                before.failingSince == null ? now : before.failingSince,
                failed,
                before.warnings,
                before.probing || failed >= config.probeAfter(),
                before.probing && attempts.probeFailed() ? before.probes + 1 : before.probes,
                before.busy);
    }

    /**
     * Answers that come at the same moment count as two at most, however many they are, because there was no wait
     * between them.
     */
    private EndpointHealth busyAgain(int answers) {
        int times = answers == 0 ? busy : Math.max(busy + 1, Math.min(answers, 2));
        return new EndpointHealth(failingSince, failures, warnings, probing, probes, times);
    }

    EndpointHealth warned(int times) {
        return new EndpointHealth(failingSince, failures, times, probing, probes, busy);
    }

    /** The health of an endpoint that is no longer sent anything: there is nothing left to probe. */
    EndpointHealth atRest() {
        return new EndpointHealth(failingSince, failures, warnings, false, 0, 0);
    }
}
