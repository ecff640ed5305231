package dev.carillon.core.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the tries of one endpoint came to that ended at about the same moment.
 *
 * @param succeeded whether any did
 * @param failures those that failed after that, but for tries that somebody asked for
 * @param gone whether the receiver wants nothing any more
 * @param probeFailed whether a probe is among those that failed
 * @param busy how many of those that failed after that, whoever asked for them, found the receiver with too much to do and were not told until
 *     when
 * @param askedUntil when the receiver wants to be called again; null where it did not say
 */
record Tally(
        boolean succeeded,
        int failures,
        boolean gone,
        boolean probeFailed,
        int busy,
        @Nullable Instant askedUntil) {
    /** A try and what was made of it. */
    record Judged(DueDelivery delivery, Verdict verdict) {
        boolean isSuccess() {
            return verdict instanceof Verdict.Taken;
        }

        Stream<Verdict.Refused> refused() {
            return verdict instanceof Verdict.Refused refused ? Stream.of(refused) : Stream.empty();
        }
    }

    /** Counts tries, in the order in which they ended. */
    static Tally of(List<Judged> tries) {
        int lastSuccess = 0;
        for (int i = 0; i < tries.size(); i++) {
            if (tries.get(i).isSuccess()) {
                lastSuccess = i + 1;
            }
        }
        var failed = tries.subList(lastSuccess, tries.size()).stream()
                .filter(one -> one.refused().findAny().isPresent())
                .toList();
        var refusals = tries.stream().flatMap(Judged::refused).toList();
        return new Tally(
                lastSuccess > 0,
                (int) failed.stream().filter(one -> one.delivery().isOrdinary()).count(),
                tries.stream().anyMatch(one -> one.verdict() instanceof Verdict.Gone),
                failed.stream().anyMatch(one -> one.delivery().probe()),
                (int) failed.stream()
                        .flatMap(Judged::refused)
                        .filter(refused -> refused.busy() && refused.notBefore() == null)
                        .count(),
                refusals.stream()
                        .map(Verdict.Refused::notBefore)
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo)
                        .orElse(null));
    }

    /** Whether an endpoint of which nothing is wrong so far stays as it is. */
    boolean changesNothing() {
        return failures == 0
                && !gone
                && !probeFailed
                && busy == 0
                && Optional.ofNullable(askedUntil).isEmpty();
    }
}
