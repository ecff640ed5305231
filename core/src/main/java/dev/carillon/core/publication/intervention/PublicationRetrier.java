package dev.carillon.core.publication.intervention;

import static dev.carillon.core.kernel.ErrorCode.ACCOUNT_DISCONNECTED;
import static dev.carillon.core.kernel.ErrorCode.ALREADY_PUBLISHED;
import static dev.carillon.core.kernel.ErrorCode.NOTHING_TO_RESCHEDULE;
import static dev.carillon.core.kernel.ErrorCode.NOTHING_TO_RETRY;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.AccountStatus;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.publication.Change;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationStatus;
import dev.carillon.core.publication.PublicationSteps;
import dev.carillon.core.publication.PublicationWriter;
import dev.carillon.core.publication.StepKind;
import dev.carillon.core.spend.ReservationQueries;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Retries failed and missed publications, with the same revision. Their cost is held again, and their count of attempts
 * continues. Joins the open transaction.
 */
@Singleton
public class PublicationRetrier {
    private static final Wanted RETRY = new Wanted(
            EnumSet.of(PublicationStatus.FAILED, PublicationStatus.MISSED),
            NOTHING_TO_RETRY,
            "No publication of this post failed or was missed; only those can be retried.",
            StepKind.RETRY_REQUESTED);
    private static final Wanted RESCHEDULE = new Wanted(
            EnumSet.of(PublicationStatus.MISSED),
            NOTHING_TO_RESCHEDULE,
            "No publication of this post was missed; retry failed publications instead.",
            StepKind.RESCHEDULED);

    private final InterventionQueries interventions;
    private final PublicationWriter writer;
    private final PublicationSteps steps;
    private final ReservationQueries reservations;
    private final AccountService accounts;

    PublicationRetrier(
            InterventionQueries interventions,
            PublicationWriter writer,
            PublicationSteps steps,
            ReservationQueries reservations,
            AccountService accounts) {
        this.interventions = interventions;
        this.writer = writer;
        this.steps = steps;
        this.reservations = reservations;
        this.accounts = accounts;
    }

    /**
     * Makes failed and missed publications due.
     *
     * @param parts publications of one post
     * @param targets ids of publications or of their accounts; if empty, all that can be retried
     * @return the publications that are due again, and the parts of threads that wait for them
     * @throws ApiException {@code already_published} or {@code nothing_to_retry} if a named publication is published or
     *     cannot be retried, or if none is left; {@code account_disconnected}
     */
    public List<Publication> retry(Actor actor, List<Publication> parts, List<Id> targets, Instant now) {
        return again(actor, parts, targets, RETRY, now, ids -> interventions.retry(ids, now));
    }

    /**
     * Gives missed publications a new time.
     *
     * @param targets as for {@link #retry}
     * @throws ApiException {@code already_published} or {@code nothing_to_reschedule}, {@code account_disconnected}
     */
    public List<Publication> reschedule(
            Actor actor, List<Publication> parts, List<Id> targets, NewTime time, Instant now) {
        return again(actor, parts, targets, RESCHEDULE, now, ids -> interventions.reschedule(ids, time, now));
    }

    /**
     * A kind of request, and the publications that it applies to.
     *
     * @param nothing the error if there is no such publication
     */
    private record Wanted(Set<PublicationStatus> of, ErrorCode nothing, String noneLeft, StepKind step) {
        boolean fits(Publication publication) {
            return of.contains(publication.status());
        }
    }

    private interface Statement {
        List<Publication> run(List<PublicationId> publications);
    }

    private List<Publication> again(
            Actor actor, List<Publication> parts, List<Id> targets, Wanted kind, Instant now, Statement statement) {
        var wanted = targets.isEmpty() ? parts.stream().filter(kind::fits).toList() : named(parts, targets, kind);
        refuseDisconnected(actor, wanted);
        var again = statement.run(wanted.stream().map(Publication::id).toList());
        if (again.isEmpty()) {
            throw kind.nothing().because(kind.noneLeft());
        }
        for (var publication : again) {
            reservations.reserveAgain(publication.id(), publication.tenant(), publication.cost(), now);
            steps.record(publication, kind.step(), Intervention.by(actor));
        }
        return writer
                .follow(again.stream()
                        .map(publication -> new Change(publication, now))
                        .toList())
                .stream()
                .map(Change::publication)
                .toList();
    }

    private static List<Publication> named(List<Publication> parts, List<Id> targets, Wanted kind) {
        var named = new ArrayList<Publication>();
        for (int i = 0; i < targets.size(); i++) {
            var pointer = "/targets/" + i;
            var target = targets.get(i);
            var ofTarget = parts.stream()
                    .filter(part -> part.id().equals(target)
                            || part.account().equals(target)
                            || part.named().equals(target))
                    .toList();
            if (ofTarget.isEmpty()) {
                throw NOT_FOUND.at(
                        pointer,
                        "This post has no publication %s; send the id of one of its publications, or of its account."
                                .formatted(target));
            }
            // An account has several publications of a thread; the target means those that the request can apply to.
            var fitting = ofTarget.stream().filter(kind::fits).toList();
            if (fitting.isEmpty()) {
                throw misfit(ofTarget.getFirst(), kind, pointer);
            }
            named.addAll(fitting);
        }
        return named;
    }

    private static ApiException misfit(Publication part, Wanted kind, String pointer) {
        if (part.status() == PublicationStatus.PUBLISHED) {
            return ALREADY_PUBLISHED.at(
                    pointer, "Publication %s is already published; remove it from `targets`.".formatted(part.id()));
        }
        return part.followsThread()
                ? kind.nothing()
                        .at(
                                pointer,
                                "Publication %s follows the part before it in its thread; send the id of that part, or leave it out."
                                        .formatted(part.id()))
                : kind.nothing()
                        .at(
                                pointer,
                                "Publication %s is %s; remove it from `targets`."
                                        .formatted(part.id(), part.status().wireName()));
    }

    private void refuseDisconnected(Actor actor, List<Publication> wanted) {
        accounts.find(actor.tenant(), wanted.stream().map(Publication::account).toList()).stream()
                .filter(account -> account.status() == AccountStatus.DISCONNECTED)
                .map(Account::id)
                .findFirst()
                .ifPresent(id -> {
                    throw ACCOUNT_DISCONNECTED.at(
                            "/targets",
                            "Account %s is disconnected; connect it again or remove it from `targets`.".formatted(id));
                });
    }
}
