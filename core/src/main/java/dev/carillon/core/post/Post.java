package dev.carillon.core.post;

import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.pacing.LateWish;
import dev.carillon.core.publication.PostStatus;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationStatus;
import dev.carillon.core.publication.RevisionContent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said, once, and what became of it on each account.
 *
 * @param content of the newest revision
 * @param publishAt business time that the caller asked for; null in a draft
 * @param late what is to become of it when it is late
 * @param sandbox whether a live key had the sandbox play it
 * @param webhookUrl where its own events are sent beside the workspace's endpoints; null for nowhere else
 * @param maker who made it; a key is of its mode, and a live one where {@code sandbox} says so
 */
public record Post(
        PostId id,
        Tenant tenant,
        PostStatus status,
        int revision,
        RevisionContent content,
        @Nullable Instant publishAt,
        LateWish late,
        boolean sandbox,
        @Nullable String webhookUrl,
        Maker maker,
        Map<String, Object> metadata,
        List<Publication> publications,
        Instant createdAt,
        Instant updatedAt) {
    public Post {
        metadata = Map.copyOf(metadata);
        publications = List.copyOf(publications);
    }

    /**
     * The post with its publications, and in the state that follows from these: they are read by a statement of their own, and may have
     * moved since the post was.
     */
    Post with(List<Publication> parts) {
        return new Post(
                id,
                tenant,
                PostStatus.ofAll(parts),
                revision,
                content,
                publishAt,
                late,
                sandbox,
                webhookUrl,
                maker,
                metadata,
                parts,
                createdAt,
                updatedAt);
    }

    /** Whether nothing of it moves by itself: all has ended, or waits for somebody, or for the platform to say what happened. */
    public boolean rests() {
        return publications.stream().map(Publication::status).allMatch(PublicationStatus::rests);
    }
}
