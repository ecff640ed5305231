package dev.carillon.core.pacing;

import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.pacing.Budgets.Wish;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PublishWindow;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides about publications that missed their time, because of an outage of Carillon or because access to their
 * account was lost. After their grace they are missed, or still published if their misfire policy says so. So that an
 * account's followers are not flooded, only a limited number of notably late posts is published within an hour. It
 * joins the transaction that starts the attempts.
 */
@Singleton
public class LatePosts {
    /** The shortest grace; a shorter delay is normal. */
    private static final Duration UNNOTICED = Duration.ofSeconds(LateWish.SHORTEST_GRACE_SECONDS);

    /**
     * Posts that are later than this count towards the account's hourly limit. A burst of posts for the same moment is
     * usually done by then.
     */
    private static final Duration NOTABLY_LATE = Duration.ofMinutes(5);

    private static final Duration HOUR = Duration.ofHours(1);

    private final LateQueries queries;
    private final Budgets budgets;
    private final Clocks clocks;

    LatePosts(LateQueries queries, Budgets budgets, Clocks clocks) {
        this.queries = queries;
        this.budgets = budgets;
        this.clocks = clocks;
    }

    /**
     * The decision about late publications.
     *
     * @param missed publications that will not be sent, and why
     * @param deferred publications that are deferred by their account's hourly limit, and until when
     */
    public record Decision(Map<PublicationId, Failure> missed, Map<PublicationId, Deferral> deferred) {
        static final Decision NONE = new Decision(Map.of(), Map.of());
    }

    /**
     * Decides about claimed publications, before their attempts start. A claim that no longer holds is passed over: it takes no place
     * in the hourly limit.
     *
     * @param generations of the claims, in the same order
     */
    public Decision decide(List<PublicationId> claimed, List<Long> generations) {
        var late = queries.candidates(claimed, generations, clocks.now(), UNNOTICED);
        return late.isEmpty() ? Decision.NONE : new Deciding().of(late);
    }

    /** The working state of one decision. */
    private final class Deciding {
        private final Map<PublicationId, Failure> missed = new HashMap<>();
        private final Map<PublicationId, Deferral> deferred = new HashMap<>();

        Decision of(List<LateCandidate> late) {
            for (var candidate : late) {
                if (isSkippedAt(candidate, now(candidate))) {
                    missed.put(candidate.publication(), tooLate(candidate));
                }
            }
            pace(late.stream()
                    .filter(candidate -> !missed.containsKey(candidate.publication()))
                    .filter(candidate ->
                            now(candidate).isAfter(candidate.since().plus(NOTABLY_LATE)))
                    .toList());
            return new Decision(Map.copyOf(missed), Map.copyOf(deferred));
        }

        /** The oldest get a place first, which is the order of the candidates. */
        private void pace(List<LateCandidate> notable) {
            if (notable.isEmpty()) {
                return;
            }
            var byId = notable.stream().collect(Collectors.toMap(LateCandidate::publication, Function.identity()));
            var wishes = notable.stream()
                    .map(candidate -> new Wish(candidate.ofLateWindow(), List.of(hourOf(candidate)), Duration.ZERO))
                    .toList();
            for (var tooMany : budgets.take(wishes)) {
                var candidate =
                        Objects.requireNonNull(byId.get(tooMany.candidate().publication()));
                var until = now(candidate).plus(tooMany.freeAfter());
                if (isSkippedAt(candidate, until)) {
                    missed.put(candidate.publication(), noPlace(candidate));
                } else {
                    deferred.put(candidate.publication(), new Deferral(until, Deferral.Reason.LATE_LIMIT));
                }
            }
        }

        private Instant now(LateCandidate candidate) {
            return clocks.now(candidate.tenant().workspace(), candidate.tenant().mode());
        }
    }

    private static PublishWindow hourOf(LateCandidate candidate) {
        return PublishWindow.ofIdentity(candidate.rule().perAccountHour(), HOUR);
    }

    private static boolean isSkippedAt(LateCandidate candidate, Instant moment) {
        return candidate.rule().misfirePolicy() == MisfirePolicy.SKIP && moment.isAfter(candidate.graceEnds());
    }

    private static Failure tooLate(LateCandidate candidate) {
        return Failure.of(
                ErrorCode.TOO_LATE,
                "It was due at %s and could not start within its grace period of %d seconds; nothing was sent."
                        .formatted(candidate.since(), candidate.rule().grace().toSeconds()));
    }

    private static Failure noPlace(LateCandidate candidate) {
        return Failure.of(
                ErrorCode.TOO_LATE,
                "It was due at %s. Its account may publish %d late posts an hour, too few for its grace period of %d seconds; nothing was sent."
                        .formatted(
                                candidate.since(),
                                candidate.rule().perAccountHour(),
                                candidate.rule().grace().toSeconds()));
    }
}
