package dev.carillon.core.publication;

import dev.carillon.core.event.Payload.ErrorPayload;
import dev.carillon.core.event.Payload.PublicationPayload;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Failure;
import org.jspecify.annotations.Nullable;

/** Converts a publication to the form that events and replies show. */
public final class PublicationViews {
    private PublicationViews() {}

    public static PublicationPayload of(Publication publication) {
        var post = publication.platformPost();
        return new PublicationPayload(
                publication.id().toString(),
                "publication",
                publication.post().toString(),
                publication.account().toString(),
                publication.platform().wireName(),
                publication.position(),
                publication.thread() == null ? null : text(publication.thread().parent()),
                publication.part(),
                publication.status().wireName(),
                publication.publishAt(),
                publication.dueAt(),
                publication.state() instanceof PublicationState.Published(var published, var at) ? at : null,
                post == null ? null : post.id(),
                post == null ? null : post.permalink(),
                publication.followUp().vanishedAt(),
                publication.followUp().deletedAt(),
                error(publication.failure()),
                publication.cost(),
                publication.tenant().mode().livemode(),
                publication.createdAt());
    }

    private static @Nullable String text(@Nullable PublicationId id) {
        return id == null ? null : id.toString();
    }

    private static @Nullable ErrorPayload error(@Nullable Failure failure) {
        return failure == null
                ? null
                : new ErrorPayload(failure.code().wireName(), failure.message(), failure.platformMessage());
    }
}
