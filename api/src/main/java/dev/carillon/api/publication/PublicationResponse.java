package dev.carillon.api.publication;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.kernel.Money;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationState.Held;
import dev.carillon.core.publication.PublicationState.Published;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A post on one account.
 *
 * @param object always {@code publication}
 * @param accountId the account; to a live key, where the sandbox plays it, the live account that it named
 * @param position its place among the post's publications, from 0: account after account, and within one by part
 * @param parentPublicationId in a thread, the part before it, which it waits for and replies to
 * @param rootPublicationId in a thread, the first of it, which is its own; null where there is no thread
 * @param part its place in its thread, 0 for the post itself
 * @param status draft, pending_approval, scheduled, held, publishing, processing, published, failed, outcome_unknown, missed or
 *     canceled
 * @param publishAt when it was asked to go out; null in a draft
 * @param nextAttemptAt when it is next tried, or the platform is next asked; null when nothing is due
 * @param publishedAt when the platform took it
 * @param permalink where a person can look at it
 * @param platformPostId the platform's id of it
 * @param vanishedAt when the platform was asked once more after the success, and the post was gone
 * @param deletedAt when the platform deleted it at the caller's wish
 * @param waitingFor {@code resolve} when its outcome can only be settled by somebody's word, with POST
 *     /v1/publications/{id}/resolve
 * @param holdReason why it is held: {@code reconnect}, {@code account_disconnected}, {@code waiting_for_parent} until the part before it is
 *     published, {@code parent_not_published} when that has ended otherwise
 * @param error why it did not go out, or not yet
 * @param cost what it costs when it is published: our fee and the platform's
 * @param attempts how often it was tried
 */
@Wire
public record PublicationResponse(
        String id,
        String object,
        String postId,
        String accountId,
        String platform,
        int position,
        @Nullable String parentPublicationId,
        @Nullable String rootPublicationId,
        int part,
        String status,
        @Nullable Instant publishAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant publishedAt,
        @Nullable String permalink,
        @Nullable String platformPostId,
        @Nullable Instant vanishedAt,
        @Nullable Instant deletedAt,
        @Nullable String waitingFor,
        @Nullable String holdReason,
        @Nullable PublishError error,
        Money cost,
        int attempts,
        boolean livemode,
        Instant createdAt) {

    /**
     * What kept a publication from going out.
     *
     * @param code the stable name to branch on
     * @param message what was wrong and how to mend it
     * @param platformMessage the platform's own words
     * @param suggestedAction what to do next
     * @param retryable whether it is tried again by itself
     */
    @Wire
    public record PublishError(
            String code, String message, @Nullable String platformMessage, String suggestedAction, boolean retryable) {}

    /** The publication as this caller is shown it. */
    public static PublicationResponse of(Actor caller, Publication publication) {
        var post = publication.platformPost();
        var thread = publication.thread();
        return new PublicationResponse(
                publication.id().toString(),
                "publication",
                publication.post().toString(),
                publication.accountIn(caller.mode()).toString(),
                publication.platform().wireName(),
                publication.position(),
                thread == null ? null : Objects.toString(thread.parent(), null),
                thread == null ? null : thread.root().toString(),
                publication.part(),
                publication.status().wireName(),
                publication.publishAt(),
                publication.dueAt(),
                publication.state() instanceof Published(var published, var at) ? at : null,
                post == null ? null : post.permalink(),
                post == null ? null : post.id(),
                publication.aftermath().vanishedAt(),
                publication.aftermath().deletedAt(),
                publication.waitsForWord() ? "resolve" : null,
                publication.state() instanceof Held(var reason, var failure) ? reason.wireName() : null,
                error(publication.failure()),
                publication.cost(),
                publication.tries().attempts(),
                publication.tenant().mode().livemode(),
                publication.createdAt());
    }

    private static @Nullable PublishError error(@Nullable Failure failure) {
        return failure == null
                ? null
                : new PublishError(
                        failure.code().wireName(),
                        failure.message(),
                        failure.platformMessage(),
                        failure.code().suggestedAction(),
                        failure.code().retryable());
    }
}
