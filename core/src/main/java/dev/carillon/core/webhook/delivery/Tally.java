package dev.carillon.core.webhook.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The combined result of an endpoint's attempts that ended at about the same moment.
 *
 * @param succeeded whether any attempt succeeded
 * @param failures attempts that failed after the last success, except tests and replays
 * @param gone whether the receiver said that it is gone
 * @param probeFailed whether a probe failed after the last success
 * @param busy attempts that failed after the last success, tests and replays included, with a busy answer that did not
 *     say until when
 * @param askedUntil when the receiver wants to be called again; null if it did not say
 */
public record Tally(
        boolean succeeded,
        int failures,
        boolean gone,
        boolean probeFailed,
        int busy,
        @Nullable Instant askedUntil) {
    /** An attempt and its outcome. */
    public record Judged(DueDelivery delivery, DeliveryOutcome outcome) {
        boolean isSuccess() {
            return outcome instanceof DeliveryOutcome.Taken;
        }

        Stream<DeliveryOutcome.Refused> refused() {
            return outcome instanceof DeliveryOutcome.Refused refused ? Stream.of(refused) : Stream.empty();
        }
    }

    /** Counts attempts, in the order in which they ended. */
    public static Tally of(List<Judged> attempts) {
        int lastSuccess = 0;
        for (int i = 0; i < attempts.size(); i++) {
            if (attempts.get(i).isSuccess()) {
                lastSuccess = i + 1;
            }
        }
        var failed = attempts.subList(lastSuccess, attempts.size()).stream()
                .filter(one -> one.refused().findAny().isPresent())
                .toList();
        var refusals = attempts.stream().flatMap(Judged::refused).toList();
        return new Tally(
                lastSuccess > 0,
                (int) failed.stream().filter(one -> one.delivery().isOrdinary()).count(),
                attempts.stream().anyMatch(one -> one.outcome() instanceof DeliveryOutcome.Gone),
                failed.stream().anyMatch(one -> one.delivery().probe()),
                (int) failed.stream()
                        .flatMap(Judged::refused)
                        .filter(refused -> refused.busy() && refused.notBefore() == null)
                        .count(),
                refusals.stream()
                        .map(DeliveryOutcome.Refused::notBefore)
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo)
                        .orElse(null));
    }

    /** Whether it leaves a healthy endpoint as it is. */
    boolean changesNothing() {
        return failures == 0
                && !gone
                && !probeFailed
                && busy == 0
                && Optional.ofNullable(askedUntil).isEmpty();
    }
}
