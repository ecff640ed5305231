package dev.carillon.core.publication;

import static dev.carillon.core.kernel.ErrorCode.DUPLICATE_CONTENT;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Refusal;
import dev.carillon.core.kernel.Refusal.Duplicate;
import dev.carillon.core.kernel.Refusal.Finding;
import dev.carillon.core.publication.ContentGuardQueries.Guarded;
import dev.carillon.core.publication.ContentGuardQueries.Other;
import dev.carillon.core.publication.PublicationState.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Keeps the same content from going out on one account twice by mistake, for example when a caller that lost a reply sends its request
 * anew without an idempotency key.
 *
 * <p>Two publications are duplicates when they say the same ({@link ContentHash}) on the same account, and their times lie less than the
 * window apart: when one was published, or is to be. What counts is what is out or may still get there, {@code pending_approval} and {@code
 * held} included, but for what is held because the part before it in its thread has ended without being published. Drafts do not count,
 * neither way, until they are scheduled; what was canceled, failed, was missed or was deleted from the platform at the caller's wish is no
 * reason to refuse.
 */
@Singleton
public class ContentGuard {
    private final Transactions transactions;
    private final ContentGuardQueries queries;
    private final ContentGuardConfig config;
    private final Clocks clocks;

    ContentGuard(Transactions transactions, ContentGuardQueries queries, ContentGuardConfig config, Clocks clocks) {
        this.transactions = transactions;
        this.queries = queries;
        this.config = config;
        this.clocks = clocks;
    }

    /**
     * Notes what is about to go out; joins the open transaction. Of two transactions with the same content, the second waits here for the first to end.
     *
     * @param publications of one post, new ones or such as are tried again; drafts are passed over
     * @param allowDuplicate notes it even where it is a duplicate
     * @throws Refusal {@code duplicate_content}, naming the one that is there already
     */
    public void arm(List<Publication> publications, RevisionContent content, boolean allowDuplicate, Instant now) {
        arm(publications, content, allowDuplicate, now, "/targets/%d"::formatted);
    }

    /**
     * The same for what is named elsewhere than the publications stand.
     *
     * @param pointerOf where in the request is said what a publication of this position says
     */
    public void arm(
            List<Publication> publications,
            RevisionContent content,
            boolean allowDuplicate,
            Instant now,
            IntFunction<String> pointerOf) {
        var guarded = armed(publications, content, now);
        if (!guarded.isEmpty() && !allowDuplicate) {
            refuseDuplicates(guarded, queries.sameContent(guarded), pointerOf);
        }
    }

    /**
     * The same for a new post.
     *
     * @return other publications, whatever they say, that go out on the same account at nearly the same time: one for each, at most. Of a thread only
     *     the first counts, because the rest belongs to it
     */
    public List<NearPublication> armNew(
            List<Publication> publications,
            RevisionContent content,
            boolean allowDuplicate,
            Instant now,
            IntFunction<String> pointerOf) {
        var guarded = armed(publications, content, now);
        if (guarded.isEmpty()) {
            return List.of();
        }
        var firsts = guarded(
                publications.stream()
                        .filter(publication -> publication.part() == 0)
                        .toList(),
                content);
        if (allowDuplicate) {
            return near(queries.sameTime(firsts, config.sameMinute()));
        }
        var both = queries.sameContentAndTime(guarded, firsts, config.sameMinute());
        refuseDuplicates(guarded, both.first(), pointerOf);
        return near(both.second());
    }

    private List<Guarded> armed(List<Publication> publications, RevisionContent content, Instant now) {
        // What is tried again goes out from now on, whenever it was to.
        var guarded = guarded(publications, content).stream()
                .map(each -> each.notBefore(now))
                .toList();
        queries.arm(guarded, now.minus(config.window()));
        return guarded;
    }

    /** By which a text of an account is known again, however it is written down. */
    public static String hashOf(AccountId account, String text) {
        return ContentHash.of(account, text, List.of()).hex();
    }

    /**
     * Takes what {@link #disarm} and {@link #arm} are going to change, all of it in the one order; joins the open transaction. Without this two
     * changes of which each comes to say what the other one said wait for each other.
     */
    public void hold(
            List<Publication> before, RevisionContent said, List<Publication> after, RevisionContent saysThen) {
        var contents = new TreeMap<String, Guarded>();
        Stream.of(guarded(before, said), guarded(after, saysThen))
                .flatMap(List::stream)
                .forEach(each -> contents.putIfAbsent(each.hash().hex(), each));
        queries.hold(List.copyOf(contents.values()));
    }

    /** They will not say this any more; joins the open transaction, in which they are locked. */
    public void disarm(List<Publication> publications, RevisionContent content) {
        queries.disarm(guarded(publications, content));
    }

    private void refuseDuplicates(List<Guarded> guarded, List<Other> same, IntFunction<String> pointerOf) {
        var duplicates = within(config.window(), same);
        if (duplicates.isEmpty()) {
            refuseHiddenDuplicates(guarded, pointerOf);
            return;
        }
        var first = duplicates.getFirst();
        throw DUPLICATE_CONTENT.duplicating(
                duplicates.stream().map(other -> finding(other, pointerOf)).toList(),
                new Duplicate(
                        first.post(),
                        first.postStatus().wireName(),
                        first.publication(),
                        first.status().wireName(),
                        first.permalink()));
    }

    /** What goes to accounts beyond the caller's bounds as well counts, and is not named. */
    private void refuseHiddenDuplicates(List<Guarded> guarded, IntFunction<String> pointerOf) {
        if (!transactions.isBounded()) {
            return;
        }
        var hidden = within(config.window(), transactions.beyondBounds(() -> queries.sameContent(guarded)));
        if (!hidden.isEmpty()) {
            var findings =
                    hidden.stream().map(other -> unnamed(other, pointerOf)).toList();
            throw DUPLICATE_CONTENT.with(findings.getFirst().message(), findings);
        }
    }

    private static Finding unnamed(Other other, IntFunction<String> pointerOf) {
        return new Finding(
                DUPLICATE_CONTENT,
                pointerOf.apply(other.guarded().position()),
                "Account %s has the same content already, by a post that goes to accounts beyond those of this key. To post it again, send \"allow_duplicate\": true."
                        .formatted(other.guarded().named()));
    }

    private static Finding finding(Other other, IntFunction<String> pointerOf) {
        return new Finding(
                DUPLICATE_CONTENT,
                pointerOf.apply(other.guarded().position()),
                "Account %s has the same content already: %s of post %s, which is %s. To post it again, send \"allow_duplicate\": true."
                        .formatted(
                                other.guarded().named(),
                                other.publication(),
                                other.post(),
                                other.postStatus().wireName()));
    }

    private List<NearPublication> near(List<Other> sameTime) {
        return within(config.sameMinute(), sameTime).stream()
                .map(other -> new NearPublication(other.guarded().position(), other.publication(), other.at()))
                .toList();
    }

    /**
     * A publication that another one comes close to.
     *
     * @param position of the other one among the publications of its post
     */
    public record NearPublication(int position, PublicationId publication, Instant at) {}

    /**
     * Deletes a batch of what no new publication can meet any more, in a transaction of its own. Some are published late, so it is kept for
     * two windows.
     *
     * @return how many were deleted; fewer than {@code limit} when no more are that old
     */
    public int forget(int limit) {
        var old = clocks.now().minus(config.window().multipliedBy(2));
        return transactions.acrossWorkspaces(() -> queries.deleteOlderThan(old, limit));
    }

    private static List<Guarded> guarded(List<Publication> publications, RevisionContent content) {
        return publications.stream()
                .flatMap(publication -> guarded(publication, content))
                // In one order everywhere: two posts with the same accounts wait for each other, and never both.
                .sorted(Comparator.comparing(each -> each.hash().hex()))
                .toList();
    }

    private static Stream<Guarded> guarded(Publication publication, RevisionContent content) {
        return timeOf(publication)
                .map(at -> new Guarded(
                        publication.id(),
                        publication.post(),
                        publication.tenant(),
                        publication.account(),
                        publication.named(),
                        publication.position(),
                        ContentHash.of(publication.account(), content.textOf(publication), List.of()),
                        at))
                .stream();
    }

    private static Optional<Instant> timeOf(Publication publication) {
        return switch (publication.state()) {
            case PublicationState.Draft() -> Optional.empty();
            case Scheduled(var dueAt, var lastFailure) -> Optional.of(dueAt);
            case PublicationState.PendingApproval() -> Optional.ofNullable(publication.publishAt());
            // What is on its way, or has ended, is not being accepted.
            case PublicationState.Publishing(), PublicationState.Canceled() -> Optional.empty();
            case PublicationState.Missed(var failure) -> Optional.empty();
            case PublicationState.Held(var reason, var failure) ->
                reason == HoldReason.WAITING_FOR_PARENT
                        ? Optional.ofNullable(publication.publishAt())
                        : Optional.empty();
            case PublicationState.Processing(var ticket, var askAt) -> Optional.empty();
            case PublicationState.Published(var post, var at) -> Optional.empty();
            case PublicationState.Failed(var failure) -> Optional.empty();
            case PublicationState.OutcomeUnknown(var failure, var askAt, var asked) -> Optional.empty();
        };
    }

    /** The nearest in time for each, in the order of the post's publications. */
    private static List<Other> within(Duration distance, List<Other> others) {
        var nearest = new TreeMap<Integer, Other>();
        others.stream()
                .filter(other -> other.distance().compareTo(distance) < 0)
                .forEach(other -> nearest.merge(
                        other.guarded().position(),
                        other,
                        (one, two) -> one.distance().compareTo(two.distance()) <= 0 ? one : two));
        return List.copyOf(nearest.values());
    }
}
