package dev.carillon.core.pacing;

import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.pacing.Budgets.TooMany;
import dev.carillon.core.pacing.Budgets.Wish;
import dev.carillon.core.pacing.HostQueries.PausedHost;
import dev.carillon.core.platform.Connectors;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformConnector;
import dev.carillon.core.platform.PublishOutcome.PauseScope;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The last check before an attempt starts. It admits publications while the platform's rate limits have room, and only a few for a
 * host that may still be down. It joins the transaction that starts the attempts, so that two processes never take the same last
 * place.
 */
@Singleton
public class Admission {
    private final AdmissionQueries queries;
    private final HostQueries hosts;
    private final Budgets budgets;
    private final Connectors connectors;
    private final BreakerConfig config;
    private final Clocks clocks;
    private final Set<Platform> withWindows;

    Admission(
            AdmissionQueries queries,
            HostQueries hosts,
            Budgets budgets,
            Connectors connectors,
            BreakerConfig config,
            Clocks clocks) {
        this.queries = queries;
        this.hosts = hosts;
        this.budgets = budgets;
        this.connectors = connectors;
        this.config = config;
        this.clocks = clocks;
        this.withWindows = withWindows(connectors);
    }

    private static Set<Platform> withWindows(Connectors connectors) {
        return Arrays.stream(Platform.values())
                .filter(platform -> Arrays.stream(Mode.values())
                        .flatMap(mode -> connectors.find(platform, mode).stream())
                        .anyMatch(connector -> !connector.windows(platform).isEmpty()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The decision about claimed publications.
     *
     * @param deferred publications that are deferred, until when and why
     * @param trials publications that are let through to find out whether their host is up again
     * @param pauses pauses that prevent other publications from being claimed only to be deferred; apply them last in
     *     the transaction
     */
    public record Decision(Map<PublicationId, Deferral> deferred, Set<PublicationId> trials, List<Pause> pauses) {
        static final Decision FREE = new Decision(Map.of(), Set.of(), List.of());
    }

    /**
     * Decides about claimed publications, before their attempts start. A claim that no longer holds is passed over: it takes no place
     * in a rate limit.
     *
     * @param generations of the claims, in the same order
     * @param callTime how long a call may take if its platform does not say
     */
    public Decision decide(List<PublicationId> claimed, List<Long> generations, Duration callTime) {
        var candidates = queries.candidates(claimed, generations, withWindows);
        return candidates.isEmpty() ? Decision.FREE : new Deciding(callTime).of(candidates);
    }

    /** The working state of one decision. */
    private final class Deciding {
        private final Duration callTime;
        private final Map<PublicationId, Deferral> deferred = new HashMap<>();
        private final Set<PublicationId> trials = new HashSet<>();
        private final List<Pause> pauses = new ArrayList<>();

        Deciding(Duration callTime) {
            this.callTime = callTime;
        }

        Decision of(List<Candidate> candidates) {
            var paused = candidates.stream().filter(Candidate::onTrial).collect(Collectors.groupingBy(Candidate::host));
            if (!paused.isEmpty()) {
                hosts.lock(paused.keySet())
                        .forEach(host -> letFewThrough(host, Objects.requireNonNull(paused.get(host.host()))));
            }
            var wishes = candidates.stream()
                    .filter(candidate -> !deferred.containsKey(candidate.publication()))
                    .flatMap(candidate -> wish(candidate).stream())
                    .toList();
            if (!wishes.isEmpty()) {
                budgets.take(wishes).forEach(this::defer);
            }
            return new Decision(Map.copyOf(deferred), Set.copyOf(trials), List.copyOf(pauses));
        }

        private void letFewThrough(PausedHost host, List<Candidate> candidates) {
            // A simulated host belongs to one tenant, so one business time applies to all of them.
            var tenant = candidates.getFirst().tenant();
            var now = clocks.now(tenant.workspace(), tenant.mode());
            var pausedUntil = host.pausedUntil();
            if (pausedUntil != null && pausedUntil.isAfter(now)) {
                defer(candidates, pausedUntil);
                return;
            }
            int room = Math.clamp(config.trials() - host.trials(), 0, candidates.size());
            if (room > 0) {
                // Long enough for the process that made a trial to report it even if the trial hangs, as long as the
                // process lives.
                hosts.letThrough(host.host(), host.trials() + room, callTime.multipliedBy(2));
            }
            candidates.subList(0, room).forEach(candidate -> trials.add(candidate.publication()));
            var until = now.plus(config.firstPause());
            defer(candidates.subList(room, candidates.size()), until);
            if (host.trials() + room >= config.trials()) {
                pauses.add(new Pause(PauseScope.HOST, candidates.getFirst().account(), until));
            }
        }

        private void defer(List<Candidate> candidates, Instant until) {
            candidates.forEach(
                    candidate -> deferred.put(candidate.publication(), new Deferral(until, Deferral.Reason.HOST_DOWN)));
        }

        private Optional<Wish> wish(Candidate candidate) {
            return connectors
                    .find(candidate.platform(), candidate.tenant().mode())
                    .filter(connector ->
                            !connector.windows(candidate.platform()).isEmpty())
                    .map(connector -> new Wish(
                            candidate,
                            connector.windows(candidate.platform()),
                            travel(connector, candidate.platform())));
        }

        private Duration travel(PlatformConnector connector, Platform platform) {
            return connector
                    .callTime(platform)
                    .filter(time -> time.compareTo(callTime) > 0)
                    .orElse(callTime);
        }

        private void defer(TooMany tooMany) {
            var candidate = tooMany.candidate();
            var tenant = candidate.tenant();
            var until = clocks.now(tenant.workspace(), tenant.mode()).plus(tooMany.freeAfter());
            deferred.put(candidate.publication(), new Deferral(until, Deferral.Reason.PLATFORM_LIMIT));
            trials.remove(candidate.publication());
            pauses.add(new Pause(tooMany.scope(), candidate.account(), until));
        }
    }
}
