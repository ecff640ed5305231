package dev.carillon.core.publication.attempt;

import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.pacing.Admission;
import dev.carillon.core.pacing.Deferral;
import dev.carillon.core.pacing.LatePosts;
import dev.carillon.core.pacing.Pauses;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationQueries;
import dev.carillon.core.publication.PublicationQueries.Hint;
import dev.carillon.core.publication.PublicationSteps;
import dev.carillon.core.publication.PublishingConfig;
import dev.carillon.core.publication.StepKind;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Stops attempts of claimed publications if their platform would only refuse them or if they are too late; joins
 * the transaction that starts the others.
 */
@Singleton
class AttemptGate {
    private final LatePosts late;
    private final Admission admission;
    private final Pauses pauses;
    private final PublicationQueries publications;
    private final PublicationSteps steps;
    private final PublishingConfig config;

    AttemptGate(
            LatePosts late,
            Admission admission,
            Pauses pauses,
            PublicationQueries publications,
            PublicationSteps steps,
            PublishingConfig config) {
        this.late = late;
        this.admission = admission;
        this.pauses = pauses;
        this.publications = publications;
        this.steps = steps;
        this.config = config;
    }

    /**
     * The decision on each claim.
     *
     * @param claims claims whose attempts may start
     * @param missed claims that will not be sent, and why
     * @param tooMany late claims that are deferred, until when and why
     * @param deferred other claims that are deferred, until when and why
     */
    record Admitted(
            List<Claim> claims,
            Map<Claim, Failure> missed,
            Map<Claim, Deferral> tooMany,
            Map<Claim, Deferral> deferred,
            Admission.Decision decision) {}

    Admitted pass(List<Claim> claims) {
        var left = new ArrayList<>(claims);
        var lateness = late.decide(ids(left), generations(left));
        var missed = taken(left, lateness.missed());
        var tooMany = taken(left, lateness.deferred());
        var decision = admission.decide(ids(left), generations(left), config.callDeadline());
        var deferred = taken(left, decision.deferred());
        return new Admitted(List.copyOf(left), missed, tooMany, deferred, decision);
    }

    /** Removes the claims that were decided on from {@code left}, and returns them. */
    private static <T> Map<Claim, T> taken(List<Claim> left, Map<PublicationId, T> decided) {
        var taken = new HashMap<Claim, T>();
        left.removeIf(claim -> decided.containsKey(claim.publication())
                && taken.putIfAbsent(claim, Objects.requireNonNull(decided.get(claim.publication()))) == null);
        return taken;
    }

    private static Map<Claim, Instant> untils(Map<Claim, Deferral> deferred) {
        return deferred.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .until()));
    }

    private void giveBack(List<Publication> back, Map<Claim, Deferral> why) {
        for (var publication : back) {
            var reason = Objects.requireNonNull(why.get(publication.claim())).reason();
            var until = Objects.requireNonNull(publication.dueAt());
            steps.record(
                    publication, StepKind.DEFERRED, Map.of("reason", reason.wireName(), "until", until.toString()));
        }
        publications.hint(back.stream()
                .map(publication -> Hint.of(publication, Objects.requireNonNull(publication.dueAt())))
                .toList());
    }

    private static List<Long> generations(List<Claim> claims) {
        return claims.stream().map(Claim::generation).toList();
    }

    private static List<PublicationId> ids(List<Claim> claims) {
        return claims.stream().map(Claim::publication).toList();
    }

    /**
     * Returns the deferred claims, and pauses lanes whose publications would be deferred too. This comes last, because
     * every claim shares the lanes.
     */
    void close(Admitted admitted) {
        giveBack(publications.deferLate(untils(admitted.tooMany())), admitted.tooMany());
        giveBack(publications.defer(untils(admitted.deferred())), admitted.deferred());
        pauses.pause(admitted.decision().pauses());
    }
}
