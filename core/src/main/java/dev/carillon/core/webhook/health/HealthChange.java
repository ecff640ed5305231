package dev.carillon.core.webhook.health;

import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.webhook.delivery.Tally;
import dev.carillon.core.webhook.endpoint.DisabledReason;
import dev.carillon.core.webhook.endpoint.EndpointKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How attempts have changed an endpoint.
 *
 * @param disabled why it is now disabled; null if it is not
 * @param news what is reported to people and programs; null for nothing
 * @param pause how long it is paused
 */
record HealthChange(
        Before before,
        EndpointHealth health,
        @Nullable DisabledReason disabled,
        @Nullable News news,
        Pause pause) {
    WebhookEndpointId endpoint() {
        return before.endpoint();
    }

    /** Null if it had not failed. */
    @Nullable
    Instant failingSince() {
        return news == News.RECOVERED ? before.health().failingSince() : health.failingSince();
    }

    /** A change that is reported. */
    enum News {
        FAILING,
        DISABLED,
        RECOVERED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static News named(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * A pause of an endpoint.
     *
     * @param until null for no pause
     * @param anew whether it replaces the current pause; otherwise a pause is never shortened
     */
    record Pause(@Nullable Instant until, boolean anew) {
        boolean changesNothing() {
            return until == null && !anew;
        }
    }

    /**
     * An enabled endpoint, as it was before the attempts.
     *
     * @param paused whether it is paused
     */
    record Before(WebhookEndpointId endpoint, EndpointKind kind, EndpointHealth health, boolean paused) {
        /** Decides what follows from attempts. */
        HealthChange after(Tally attempts, Instant now, EndpointHealthConfig config) {
            var after = health.after(attempts, paused, now, config);
            var reason = reasonToDisable(attempts, after, now, config);
            if (reason != null) {
                return new HealthChange(this, after.atRest(), reason, told(News.DISABLED), new Pause(null, true));
            }
            var pause = new Pause(pausedUntil(attempts, after, now, config), isProbeOver(attempts));
            int warnings = attempts.failures() == 0 ? 0 : config.warningsAfter(failing(after, now));
            if (isWatched() && warnings > after.warnings()) {
                return new HealthChange(this, after.warned(warnings), null, News.FAILING, pause);
            }
            boolean recovered = attempts.succeeded() && health.warnings() > 0;
            return new HealthChange(this, after, null, recovered ? told(News.RECOVERED) : null, pause);
        }

        private @Nullable DisabledReason reasonToDisable(
                Tally attempts, EndpointHealth after, Instant now, EndpointHealthConfig config) {
            if (attempts.gone()) {
                return DisabledReason.GONE;
            }
            boolean tooLong = failing(after, now).compareTo(config.disableAfter()) >= 0;
            return isWatched() && attempts.failures() > 0 && tooLong ? DisabledReason.FAILING : null;
        }

        /**
         * No person created the endpoint of a post's own address, so its health is not reported, and failures do not
         * disable it.
         */
        private boolean isWatched() {
            return kind == EndpointKind.ENDPOINT;
        }

        private @Nullable News told(News news) {
            return isWatched() ? news : null;
        }

        private static Duration failing(EndpointHealth health, Instant now) {
            var since = health.failingSince();
            return since == null ? Duration.ZERO : Duration.between(since, now);
        }

        private boolean isProbeOver(Tally attempts) {
            return health.probing() && (attempts.succeeded() || attempts.probeFailed());
        }

        private @Nullable Instant pausedUntil(
                Tally attempts, EndpointHealth after, Instant now, EndpointHealthConfig config) {
            // A single answer may be about one delivery, or come from one of many servers behind the address.
            boolean isBusyAgain = attempts.busy() > 0 && after.busy() > 1 && !paused;
            boolean beginsToProbe = after.probing() && (!health.probing() || attempts.succeeded());
            return Stream.of(
                            attempts.askedUntil(),
                            isBusyAgain ? now.plus(config.busyPause(after.busy())) : null,
                            beginsToProbe || (after.probing() && attempts.probeFailed())
                                    ? now.plus(config.probeWait(after.probes()))
                                    : null)
                    .filter(Objects::nonNull)
                    .max(Instant::compareTo)
                    .orElse(null);
        }
    }
}
