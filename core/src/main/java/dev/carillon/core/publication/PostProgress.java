package dev.carillon.core.publication;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventRecorder.Fact;
import dev.carillon.core.event.Payload.PostPayload;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.publication.PostProgressQueries.Head;
import dev.carillon.core.publication.PostProgressQueries.Move;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps the state of posts in step with their publications, and returns events when a post as a whole has ended.
 * Publications are locked before their posts everywhere, and both in the order of their ids.
 */
@Singleton
public class PostProgress {
    private final PostProgressQueries posts;
    private final PublicationQueries publications;

    PostProgress(PostProgressQueries posts, PublicationQueries publications) {
        this.posts = posts;
        this.publications = publications;
    }

    /** Locks the posts of publications that were just written; call {@link #follow} in the same transaction. */
    Map<PostId, Head> lock(List<Change> changes) {
        return posts
                .lock(changes.stream()
                        .map(change -> change.publication().post())
                        .distinct()
                        .toList())
                .stream()
                .collect(toMap(Head::id, head -> head));
    }

    /**
     * Sets the locked posts to the state that follows from their publications.
     *
     * @return events for posts that have ended, or that had ended and are to be retried
     */
    List<Fact> follow(Map<PostId, Head> locked, List<Change> changes) {
        // The time of a post's new state is the time of the last change to one of its publications.
        Map<PostId, Instant> moments = changes.stream()
                .collect(toMap(change -> change.publication().post(), Change::at, (one, other) -> other));
        var parts = publications.ofPosts(locked.keySet()).stream().collect(groupingBy(Publication::post));
        var moves = new ArrayList<Move>();
        var ended = new ArrayList<Fact>();
        parts.forEach((post, ofPost) -> {
            var head = Objects.requireNonNull(locked.get(post));
            var status = PostStatus.ofAll(ofPost);
            if (status != head.status()) {
                var at = Objects.requireNonNull(moments.get(post));
                moves.add(new Move(post, status, at));
                told(head.status(), status, payload(head, status, ofPost))
                        .map(event -> new Fact(ofPost.getFirst().tenant(), event, at))
                        .ifPresent(ended::add);
            }
        });
        posts.move(moves);
        return ended;
    }

    /**
     * Sets the posts to {@code in_progress}: a publication of each of them is being published.
     *
     * @param now real time; posts with a test clock use that instead
     */
    public void inProgress(Collection<PostId> started, Instant now) {
        posts.moveToInProgress(started, now);
    }

    private static PostPayload payload(Head head, PostStatus status, List<Publication> parts) {
        return new PostPayload(
                head.id().toString(),
                "post",
                status.wireName(),
                head.publishAt(),
                parts.stream().map(PublicationViews::of).toList(),
                head.metadata(),
                parts.getFirst().tenant().mode().livemode(),
                head.createdAt());
    }

    private static Optional<Event> told(PostStatus before, PostStatus now, PostPayload payload) {
        return switch (now) {
            case PUBLISHED -> Optional.of(new Event.PostPublished(payload));
            case PARTIALLY_PUBLISHED -> Optional.of(new Event.PostPartiallyPublished(payload));
            case FAILED -> Optional.of(new Event.PostFailed(payload));
            case CANCELED -> Optional.of(new Event.PostCanceled(payload));
            case SCHEDULED -> before.isEnded() ? Optional.of(new Event.PostScheduled(payload)) : Optional.empty();
            case DRAFT, PENDING_APPROVAL, IN_PROGRESS -> Optional.empty();
        };
    }
}
