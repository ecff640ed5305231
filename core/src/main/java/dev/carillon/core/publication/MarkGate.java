package dev.carillon.core.publication;

import dev.carillon.core.pacing.Admission;
import dev.carillon.core.pacing.Admission.Decision;
import dev.carillon.core.pacing.Pauses;
import dev.carillon.core.publication.PublicationQueries.Hint;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Keeps claimed publications from being marked that their platform would only refuse; joins the transaction of the marks. */
@Singleton
class MarkGate {
    private final Admission admission;
    private final Pauses pauses;
    private final PublicationQueries publications;
    private final PublishingConfig config;

    MarkGate(Admission admission, Pauses pauses, PublicationQueries publications, PublishingConfig config) {
        this.admission = admission;
        this.pauses = pauses;
        this.publications = publications;
        this.config = config;
    }

    /**
     * What became of claims at the gate.
     *
     * @param claims those that may be marked
     * @param putOff those that may not, and until when
     */
    record Admitted(List<Claim> claims, Map<Claim, Instant> putOff, Decision decision) {}

    Admitted pass(List<Claim> claims) {
        var decision = admission.decide(claims.stream().map(Claim::publication).toList(), config.callDeadline());
        var putOff = new HashMap<Claim, Instant>();
        for (var claim : claims) {
            if (decision.putOff().containsKey(claim.publication())) {
                putOff.put(claim, Objects.requireNonNull(decision.putOff().get(claim.publication())));
            }
        }
        return new Admitted(
                claims.stream().filter(claim -> !putOff.containsKey(claim)).toList(), putOff, decision);
    }

    /** Gives back what did not pass, and stops what would not pass either. Last, because lanes are shared with every claim. */
    void close(Admitted admitted) {
        if (!admitted.putOff().isEmpty()) {
            publications.hint(publications.putOff(admitted.putOff()).stream()
                    .map(publication -> Hint.of(publication, Objects.requireNonNull(publication.dueAt())))
                    .toList());
        }
        pauses.pause(admitted.decision().pauses());
    }
}
