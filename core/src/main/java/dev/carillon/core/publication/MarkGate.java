package dev.carillon.core.publication;

import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.pacing.Admission;
import dev.carillon.core.pacing.LatePosts;
import dev.carillon.core.pacing.Pauses;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.publication.PublicationQueries.Hint;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Keeps claimed publications from being marked that their platform would only refuse, or that are too late; joins the transaction of
 * the marks.
 */
@Singleton
class MarkGate {
    private final LatePosts late;
    private final Admission admission;
    private final Pauses pauses;
    private final PublicationQueries publications;
    private final PublishingConfig config;

    MarkGate(
            LatePosts late,
            Admission admission,
            Pauses pauses,
            PublicationQueries publications,
            PublishingConfig config) {
        this.late = late;
        this.admission = admission;
        this.pauses = pauses;
        this.publications = publications;
        this.config = config;
    }

    /**
     * What became of claims at the gate.
     *
     * @param claims those that may be marked
     * @param missed those that are not sent any more, and why
     * @param tooMany late ones that may not be marked now, and until when
     * @param putOff others that may not, and until when
     */
    record Admitted(
            List<Claim> claims,
            Map<Claim, Failure> missed,
            Map<Claim, Instant> tooMany,
            Map<Claim, Instant> putOff,
            Admission.Decision decision) {}

    Admitted pass(List<Claim> claims) {
        var left = new ArrayList<>(claims);
        var lateness = late.decide(ids(left));
        var missed = taken(left, lateness.missed());
        var tooMany = taken(left, lateness.putOff());
        var decision = admission.decide(ids(left), config.callDeadline());
        var putOff = taken(left, decision.putOff());
        return new Admitted(List.copyOf(left), missed, tooMany, putOff, decision);
    }

    /** Takes those out of the claims about which something was decided. */
    private static <T> Map<Claim, T> taken(List<Claim> left, Map<PublicationId, T> decided) {
        var taken = new HashMap<Claim, T>();
        left.removeIf(claim -> decided.containsKey(claim.publication())
                && taken.putIfAbsent(claim, Objects.requireNonNull(decided.get(claim.publication()))) == null);
        return taken;
    }

    private static List<PublicationId> ids(List<Claim> claims) {
        return claims.stream().map(Claim::publication).toList();
    }

    /** Gives back what did not pass, and stops what would not pass either. Last, because lanes are shared with every claim. */
    void close(Admitted admitted) {
        var later = new ArrayList<>(publications.putOffLate(admitted.tooMany()));
        later.addAll(publications.putOff(admitted.putOff()));
        publications.hint(later.stream()
                .map(publication -> Hint.of(publication, Objects.requireNonNull(publication.dueAt())))
                .toList());
        pauses.pause(admitted.decision().pauses());
    }
}
