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
 * Moves the later parts of threads: a part that waits changes its state according to the part before it. Joins the
 * transaction that changed the earlier part, so that no process can die between the two.
 */
@Singleton
public class ThreadFlow {
    private final ThreadQueries queries;

    ThreadFlow(ThreadQueries queries) {
        this.queries = queries;
    }

    /**
     * Writes the states of later parts that follow from these changes.
     *
     * @param written states that were just written, of locked publications
     * @return the later parts in their new states; empty if no part follows from {@code written}
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

    /** A part changes at the same time as the part of its own thread that caused the change. */
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

    /** Why the parts after this one are not sent. */
    static Failure notPublished(Publication ended) {
        return Failure.of(
                ErrorCode.PARENT_NOT_PUBLISHED,
                "Part %d of the thread, %s, is %s; this part is sent after that part is published."
                        .formatted(ended.part(), ended.id(), ended.status().wireName()));
    }

    /** The posts that those of the publications reply to that continue a thread. */
    public Map<PublicationId, ReplyTo> replies(Collection<Publication> publications) {
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
