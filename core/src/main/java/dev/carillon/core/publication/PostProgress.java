package dev.carillon.core.publication;

import dev.carillon.core.event.Event;
import dev.carillon.core.event.Events;
import dev.carillon.core.event.Payload.PostPayload;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps a post's state in step with its publications, and tells when the post as a whole has ended. */
@Singleton
class PostProgress {
    private final PostProgressQueries posts;
    private final PublicationQueries publications;
    private final Events events;

    PostProgress(PostProgressQueries posts, PublicationQueries publications, Events events) {
        this.posts = posts;
        this.publications = publications;
        this.events = events;
    }

    /** Called after a publication was written, in its transaction: publications are locked before their post, everywhere. */
    void follow(Tenant tenant, PostId post, Instant now) {
        var head = posts.lock(post);
        var parts = publications.ofPosts(List.of(post));
        var status = PostStatus.of(parts.stream().map(Publication::status).toList());
        if (status == head.status()) {
            return;
        }
        posts.move(post, status, now);
        var payload = new PostPayload(
                post.toString(),
                "post",
                status.wireName(),
                head.publishAt(),
                parts.stream().map(PublicationViews::of).toList(),
                head.metadata(),
                tenant.mode().livemode(),
                head.createdAt());
        ended(status, payload).ifPresent(event -> events.record(tenant, event, now));
    }

    private static Optional<Event> ended(PostStatus status, PostPayload payload) {
        return switch (status) {
            case PUBLISHED -> Optional.of(new Event.PostPublished(payload));
            case PARTIALLY_PUBLISHED -> Optional.of(new Event.PostPartiallyPublished(payload));
            case FAILED -> Optional.of(new Event.PostFailed(payload));
            case CANCELED -> Optional.of(new Event.PostCanceled(payload));
            case DRAFT, PENDING_APPROVAL, SCHEDULED, IN_PROGRESS -> Optional.empty();
        };
    }
}
