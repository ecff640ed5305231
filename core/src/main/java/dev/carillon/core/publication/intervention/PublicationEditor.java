package dev.carillon.core.publication.intervention;

import static dev.carillon.core.kernel.ErrorCode.NOT_EDITABLE;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationQueries;
import dev.carillon.core.publication.PublicationQueries.Hint;
import dev.carillon.core.publication.PublicationState.Scheduled;
import dev.carillon.core.publication.PublicationStatus;
import dev.carillon.core.publication.PublicationSteps;
import dev.carillon.core.publication.StepKind;
import dev.carillon.core.spend.ReservationQueries;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Changes publications of which nothing was sent and nothing may have been sent. The database decides the race with the
 * worker: a changed publication is never sent in its old form, and one that may have been sent is never changed. Joins
 * the open transaction.
 */
@Singleton
public class PublicationEditor {
    private static final Set<PublicationStatus> EDITABLE =
            EnumSet.of(PublicationStatus.DRAFT, PublicationStatus.PENDING_APPROVAL, PublicationStatus.SCHEDULED);

    private final PublicationQueries publications;
    private final EditQueries edits;
    private final PublicationSteps steps;
    private final ReservationQueries reservations;

    PublicationEditor(
            PublicationQueries publications,
            EditQueries edits,
            PublicationSteps steps,
            ReservationQueries reservations) {
        this.publications = publications;
        this.edits = edits;
        this.steps = steps;
        this.reservations = reservations;
    }

    /**
     * Locks the publications of a post.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code not_editable} if one of them has been started or has ended
     */
    public List<Publication> lock(PostId post) {
        var locked = edits.lockOfPost(post);
        for (var publication : locked) {
            if (!EDITABLE.contains(publication.status()) && !publication.isPlanned()) {
                throw NOT_EDITABLE.because("Publication %s is %s; only drafts and scheduled publications can be edited."
                        .formatted(publication.id(), publication.status().wireName()));
            }
            if (publication.attemptCount().attempts() > 0) {
                throw NOT_EDITABLE.because(
                        "Publication %s has had %d attempts and is retried unchanged; cancel it and create another post."
                                .formatted(
                                        publication.id(),
                                        publication.attemptCount().attempts()));
            }
        }
        return locked;
    }

    /**
     * Writes what follows from a changed post: new states and times, held costs, and hints. Publications that are no
     * longer among them are removed: parts of threads, and accounts only if the post is a draft that never had a time.
     *
     * @param before all publications of the post, locked
     * @param after all publications of the post; those that stay keep their ids
     * @throws dev.carillon.core.kernel.ApiException {@code not_editable} if accounts of a post other than such a draft would
     *     have to be added or removed
     */
    public void write(Actor actor, List<Publication> before, List<Publication> after, Instant now) {
        var old = before.stream().collect(Collectors.toMap(Publication::id, Function.identity()));
        var staying = after.stream()
                .filter(publication -> old.containsKey(publication.id()))
                .toList();
        if (staying.size() != before.size() || staying.size() != after.size()) {
            refuseOtherAccounts(before, after);
            replace(before, after, staying);
        }
        edits.edit(staying, now);
        holdCosts(before, after, now);
        publications.hint(after.stream().flatMap(PublicationEditor::hint).toList());
        staying.forEach(publication -> steps.record(
                publication,
                StepKind.EDITED,
                Intervention.by(actor, Map.of("revision", String.valueOf(publication.revision())))));
    }

    private void refuseOtherAccounts(List<Publication> before, List<Publication> after) {
        if (accounts(before).equals(accounts(after))) {
            return;
        }
        var ids = before.stream().map(Publication::id).toList();
        if (before.stream().anyMatch(publication -> publication.status() != PublicationStatus.DRAFT)
                || reservations.everHeld(ids)) {
            throw NOT_EDITABLE.at(
                    "/targets",
                    "A post with a time keeps its accounts; only text, thread and settings of a target can change. Cancel it and create another.");
        }
    }

    private static Set<AccountId> accounts(List<Publication> publications) {
        return publications.stream().map(Publication::account).collect(Collectors.toSet());
    }

    private void replace(List<Publication> before, List<Publication> after, List<Publication> staying) {
        var kept = staying.stream().map(Publication::id).collect(Collectors.toSet());
        var gone = before.stream()
                .map(Publication::id)
                .filter(id -> !kept.contains(id))
                .toList();
        reservations.forget(gone);
        edits.remove(gone);
        publications.add(after.stream()
                .filter(publication -> !kept.contains(publication.id()))
                .toList());
    }

    private void holdCosts(List<Publication> before, List<Publication> after, Instant now) {
        var planned = new HashSet<PublicationId>();
        for (var publication : after) {
            if (publication.isPlanned()) {
                reservations.hold(publication.id(), publication.tenant(), publication.cost(), now);
                planned.add(publication.id());
            }
        }
        var free = new LinkedHashMap<PublicationId, Instant>();
        before.stream()
                .filter(publication -> publication.isPlanned() && !planned.contains(publication.id()))
                .forEach(publication -> free.put(publication.id(), now));
        reservations.release(free);
    }

    private static Stream<Hint> hint(Publication publication) {
        return publication.state() instanceof Scheduled(var dueAt, var lastFailure)
                ? Stream.of(Hint.of(publication, dueAt))
                : Stream.empty();
    }
}
