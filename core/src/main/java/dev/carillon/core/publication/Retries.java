package dev.carillon.core.publication;

import static dev.carillon.core.kernel.ErrorCode.ACCOUNT_DISCONNECTED;
import static dev.carillon.core.kernel.ErrorCode.ALREADY_PUBLISHED;
import static dev.carillon.core.kernel.ErrorCode.NOTHING_TO_RETRY;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.AccountStatus;
import dev.carillon.core.apikey.Actor;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.Refusal;
import dev.carillon.core.spend.ReservationQueries;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sends again what has failed: the same revision, its cost held anew, its attempts counted on. Joins the open transaction. */
@Singleton
public class Retries {
    private final InterventionQueries interventions;
    private final PublicationWriter writer;
    private final PublicationSteps steps;
    private final ReservationQueries reservations;
    private final AccountService accounts;

    Retries(
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
     * @param parts those of one post
     * @param targets ids of publications, or of their accounts; all that can be retried when there are none
     * @return those that are due again
     * @throws Refusal {@code already_published} or {@code nothing_to_retry}, when one that is named is so, or nothing is left;
     *     {@code account_disconnected}
     */
    public List<Publication> retry(Actor actor, List<Publication> parts, List<Id> targets, Instant now) {
        var wanted =
                targets.isEmpty() ? parts.stream().filter(Retries::hasFailed).toList() : named(parts, targets);
        refuseDisconnected(actor, wanted);
        var retried = interventions.retry(wanted.stream().map(Publication::id).toList(), now);
        if (retried.isEmpty()) {
            throw NOTHING_TO_RETRY.because("No publication of this post has failed or was missed.");
        }
        for (var publication : retried) {
            reservations.reserveAgain(publication.id(), publication.tenant(), publication.cost(), now);
            steps.record(publication, StepKind.RETRY_REQUESTED, Intervention.by(actor));
        }
        writer.follow(retried.stream()
                .map(publication -> new Change(publication, now))
                .toList());
        return retried;
    }

    private static List<Publication> named(List<Publication> parts, List<Id> targets) {
        var named = new ArrayList<Publication>();
        for (int i = 0; i < targets.size(); i++) {
            var pointer = "/targets/" + i;
            var target = targets.get(i);
            var ofTarget = parts.stream()
                    .filter(part -> part.id().equals(target) || part.account().equals(target))
                    .toList();
            if (ofTarget.isEmpty()) {
                throw NOT_FOUND.at(pointer, "This post has no publication %s.".formatted(target));
            }
            ofTarget.forEach(part -> refuseUnlessFailed(part, pointer));
            named.addAll(ofTarget);
        }
        return named;
    }

    private static void refuseUnlessFailed(Publication part, String pointer) {
        if (part.status() == PublicationStatus.PUBLISHED) {
            throw ALREADY_PUBLISHED.at(pointer, "Publication %s is published.".formatted(part.id()));
        }
        if (!hasFailed(part)) {
            throw NOTHING_TO_RETRY.at(
                    pointer,
                    "Publication %s is %s.".formatted(part.id(), part.status().wireName()));
        }
    }

    private static boolean hasFailed(Publication publication) {
        return publication.status() == PublicationStatus.FAILED || publication.status() == PublicationStatus.MISSED;
    }

    private void refuseDisconnected(Actor actor, List<Publication> wanted) {
        accounts.find(actor.tenant(), wanted.stream().map(Publication::account).toList()).stream()
                .filter(account -> account.status() == AccountStatus.DISCONNECTED)
                .map(Account::id)
                .findFirst()
                .ifPresent(id -> {
                    throw ACCOUNT_DISCONNECTED.at("/targets", "Account %s is disconnected.".formatted(id));
                });
    }
}
