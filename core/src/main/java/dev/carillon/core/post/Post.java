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
 * A post: its content, and its publication on each account.
 *
 * @param content of the newest revision
 * @param publishAt business time that the caller asked for; null in a draft
 * @param late what to do if it misses its time
 * @param sandbox whether it is a live key's post that the sandbox simulates
 * @param webhookUrl receives this post's events in addition to the workspace's endpoints; null for none
 * @param creator who created it; a key belongs to the post's mode, except that it is a live key if {@code sandbox} is set
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
        PostCreator creator,
        Map<String, Object> metadata,
        List<Publication> publications,
        Instant createdAt,
        Instant updatedAt) {
    public Post {
        metadata = Map.copyOf(metadata);
        publications = List.copyOf(publications);
    }

    /**
     * The post with its publications, and in the state that follows from them. The publications are read by a separate
     * statement, and may have changed since the post was read.
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
                creator,
                metadata,
                parts,
                createdAt,
                updatedAt);
    }

    /**
     * Whether no publication changes by itself any more: each has ended, or waits for a person, or for the platform to
     * say what happened.
     */
    public boolean rests() {
        return publications.stream().map(Publication::status).allMatch(PublicationStatus::rests);
    }
}
