package dev.carillon.core.publication.duplicate;

import static dev.carillon.core.kernel.ErrorCode.DUPLICATE_CONTENT;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ApiException.Duplicate;
import dev.carillon.core.kernel.ApiException.Finding;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.publication.HoldReason;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationState;
import dev.carillon.core.publication.PublicationState.Scheduled;
import dev.carillon.core.publication.RevisionContent;
import dev.carillon.core.publication.duplicate.ContentGuardQueries.Guarded;
import dev.carillon.core.publication.duplicate.ContentGuardQueries.Other;
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
 * Prevents the same content from being published on one account twice by mistake, for example when a caller that lost a
 * reply sends its request again without an idempotency key.
 *
 * <p>Two publications are duplicates if they have the same content fingerprint ({@link ContentFingerprint}) on the same
 * account and their times, actual or planned, are less than the window apart. Publications count if they are published
 * or may still be, including {@code pending_approval} and {@code held}, except those that are held because the part
 * before them in their thread has ended without being published. Drafts neither cause nor get a refusal until they are
 * scheduled. A publication that was canceled, failed, was missed or was deleted from the platform at the caller's
 * request is no reason to refuse another.
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
     * Registers content that is about to be published; joins the open transaction. If two transactions have the same
     * content, the second waits here for the first to end.
     *
     * @param publications of one post, new or to be retried; drafts are skipped
     * @param allowDuplicate accepts duplicates
     * @throws ApiException {@code duplicate_content}, naming the existing publication
     */
    public void arm(List<Publication> publications, RevisionContent content, boolean allowDuplicate, Instant now) {
        arm(publications, content, allowDuplicate, now, "/targets/%d"::formatted);
    }

    /**
     * The same, for requests in which the position of a publication's content differs from the publication's own
     * position.
     *
     * @param pointerOf JSON pointer to the content of the publication at this position
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
     * @return other publications, whatever their content, that are to be published on the same account at nearly the
     *     same time: at most one for each. Of a thread only the first part counts, because the other parts belong to it
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
        // A retried publication goes out from now on, whatever its original time.
        var guarded = guarded(publications, content).stream()
                .map(each -> each.notBefore(now))
                .toList();
        queries.arm(guarded, now.minus(config.window()));
        return guarded;
    }

    /**
     * The content fingerprint by which a text on an account is recognized, independent of Unicode form and white space.
     */
    public static String hashOf(AccountId account, String text) {
        return ContentFingerprint.of(account, text, List.of()).hex();
    }

    /**
     * Locks all rows that {@link #disarm} and {@link #arm} are going to change, in the one order; joins the open
     * transaction. Without this, two edits that swap their contents would deadlock.
     */
    public void hold(
            List<Publication> before, RevisionContent said, List<Publication> after, RevisionContent saysThen) {
        var contents = new TreeMap<String, Guarded>();
        Stream.of(guarded(before, said), guarded(after, saysThen))
                .flatMap(List::stream)
                .forEach(each -> contents.putIfAbsent(each.hash().hex(), each));
        queries.hold(List.copyOf(contents.values()));
    }

    /**
     * Removes content that these publications will no longer have; joins the open transaction, in which they are
     * locked.
     */
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

    /** Posts that also go to accounts beyond the caller's bounds count as well, but are not named. */
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
                "Account %s already has this content, from a post that this key cannot see. To post it again, send `\"allow_duplicate\": true`."
                        .formatted(other.guarded().named()));
    }

    private static Finding finding(Other other, IntFunction<String> pointerOf) {
        return new Finding(
                DUPLICATE_CONTENT,
                pointerOf.apply(other.guarded().position()),
                "Account %s already has this content: %s of post %s, which is %s. To post it again, send `\"allow_duplicate\": true`."
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
     * An existing publication whose time is close to that of a new one.
     *
     * @param position of the new one among the publications of its post
     */
    public record NearPublication(int position, PublicationId publication, Instant at) {}

    /**
     * Deletes a batch of entries that no new publication can match any more, in a separate transaction. Some posts are
     * published late, so entries are kept for two windows.
     *
     * @return the number of deleted entries; fewer than {@code limit} if no more are that old
     */
    public int forget(int limit) {
        var old = clocks.now().minus(config.window().multipliedBy(2));
        return transactions.acrossWorkspaces(() -> queries.deleteOlderThan(old, limit));
    }

    private static List<Guarded> guarded(List<Publication> publications, RevisionContent content) {
        return publications.stream()
                .flatMap(publication -> guarded(publication, content))
                // The same order everywhere, so that two posts with the same accounts never deadlock.
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
                        ContentFingerprint.of(publication.account(), content.textOf(publication), List.of()),
                        at))
                .stream();
    }

    private static Optional<Instant> timeOf(Publication publication) {
        return switch (publication.state()) {
            case PublicationState.Draft() -> Optional.empty();
            case Scheduled(var dueAt, var lastFailure) -> Optional.of(dueAt);
            case PublicationState.PendingApproval() -> Optional.ofNullable(publication.publishAt());
            // Publications that are under way or have ended are not being accepted.
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

    /** The nearest in time for each publication, in the order of the post's publications. */
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
