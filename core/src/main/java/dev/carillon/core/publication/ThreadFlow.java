package dev.carillon.core.publication;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.ReplyTo;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Moves the parts of threads on: what waits for the part before it goes where that has gone. Joins the transaction that moved the other one,
 * so that no process can die between the two.
 */
@Singleton
class ThreadFlow {
    private final ThreadQueries queries;

    ThreadFlow(ThreadQueries queries) {
        this.queries = queries;
    }

    /**
     * Writes what follows for later parts.
     *
     * @param written states that were just written, of publications that are locked
     * @return the later parts as they now stand; none where nothing of {@code written} goes on
     */
    List<Change> follow(List<Change> written) {
        var followed = new ArrayList<Change>();
        var byState = written.stream()
                .filter(change -> change.publication().thread() != null)
                .collect(Collectors.groupingBy(change -> change.publication().status()));
        byState.forEach((status, changes) -> {
            var parts =
                    switch (status) {
                        case PUBLISHED -> queries.release(changes);
                        case FAILED, MISSED -> queries.block(changes);
                        case CANCELED -> queries.cancel(changes);
                        case SCHEDULED -> queries.revive(changes);
                        case DRAFT, PENDING_APPROVAL, HELD, PUBLISHING, PROCESSING, OUTCOME_UNKNOWN ->
                            List.<Publication>of();
                    };
            followed.addAll(at(parts, changes));
        });
        return followed;
    }

    /** A part moves at the moment of the one of its own thread that moved it. */
    private static List<Change> at(List<Publication> parts, List<Change> changes) {
        Map<PublicationId, Change> byRoot = changes.stream()
                .collect(Collectors.toMap(
                        change -> root(change.publication()), Function.identity(), (one, other) -> one));
        return parts.stream()
                .map(part -> new Change(
                        part, Objects.requireNonNull(byRoot.get(root(part))).at()))
                .toList();
    }

    private static PublicationId root(Publication publication) {
        return Objects.requireNonNull(publication.thread()).root();
    }

    /** Why what comes after this one is not sent. */
    static Failure notPublished(Publication ended) {
        return Failure.of(
                ErrorCode.PARENT_NOT_PUBLISHED,
                "Part %d of its thread, %s, is %s; what follows is sent when that has been."
                        .formatted(ended.part(), ended.id(), ended.status().wireName()));
    }

    /** What those of the publications reply to that go on a thread. */
    Map<PublicationId, ReplyTo> replies(Collection<Publication> publications) {
        var parts = publications.stream()
                .filter(publication -> publication.part() > 0)
                .toList();
        if (parts.isEmpty()) {
            return Map.of();
        }
        var wanted = new LinkedHashSet<PublicationId>();
        parts.forEach(part -> {
            wanted.add(parent(part));
            wanted.add(root(part));
        });
        var posts = queries.posts(wanted);
        var replies = new HashMap<PublicationId, ReplyTo>();
        parts.forEach(part -> replies.put(part.id(), new ReplyTo(post(posts, parent(part)), post(posts, root(part)))));
        return replies;
    }

    private static PlatformPost post(Map<PublicationId, PlatformPost> posts, PublicationId id) {
        return Objects.requireNonNull(posts.get(id));
    }

    private static PublicationId parent(Publication part) {
        return Objects.requireNonNull(Objects.requireNonNull(part.thread()).parent());
    }
}
