package dev.carillon.api.publication;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.api.account.AccountResponse;
import dev.carillon.api.account.ExpandedAccounts;
import dev.carillon.core.auth.Actor;
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
 * @param accountId the account; for a live key and a simulated post, the live account that the target named
 * @param account the account in full; only if expand[] asks for it
 * @param position its place among the post's publications, from 0: ordered by account, then by part
 * @param parentPublicationId in a thread, the publication of the part before it, which it waits for and replies to
 * @param rootPublicationId in a thread, the publication of the first part, which for the first part is its own id; null without a thread
 * @param part its place in the thread, 0 for the post itself
 * @param status draft, pending_approval, scheduled, held, publishing, processing, published, failed, outcome_unknown, missed or canceled
 * @param publishAt the requested publish time; null for a draft
 * @param nextAttemptAt when the next attempt or the next lookup on the platform is due; null if nothing is due
 * @param publishedAt when the platform accepted it
 * @param permalink where a person can see it
 * @param platformPostId the platform's id of the post
 * @param vanishedAt when the check after publishing found that the post no longer exists
 * @param deletedAt when the platform deleted it at your request
 * @param waitingFor {@code resolve} if only you can settle its outcome, with POST /v1/publications/{id}/resolve
 * @param holdReason why it is held: {@code reconnect}, {@code account_disconnected}, {@code waiting_for_parent} until the part before it is
 *     published, {@code parent_not_published} if that part ended in another way
 * @param error why it was not published, or not yet
 * @param cost the cost if it is published: the plan's fee and the platform's charge
 * @param attempts the number of attempts so far
 */
@Wire
public record PublicationResponse(
        String id,
        String object,
        String postId,
        String accountId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AccountResponse account,
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
     * What kept a publication from being published.
     *
     * @param code the stable name to branch on
     * @param message what was wrong and how to fix it
     * @param platformMessage the platform's own words
     * @param suggestedAction what to do next
     * @param retryable whether Carillon retries it by itself
     */
    @Wire
    public record PublishError(
            String code, String message, @Nullable String platformMessage, String suggestedAction, boolean retryable) {}

    /** The publication as this caller sees it. */
    public static PublicationResponse of(Actor caller, Publication publication) {
        return of(caller, publication, ExpandedAccounts.NONE);
    }

    /** The same, with its account in full if the map contains it. */
    public static PublicationResponse of(Actor caller, Publication publication, ExpandedAccounts accounts) {
        var post = publication.platformPost();
        var thread = publication.thread();
        return new PublicationResponse(
                publication.id().toString(),
                "publication",
                publication.post().toString(),
                publication.accountIn(caller.mode()).toString(),
                accounts.find(publication.accountIn(caller.mode())),
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
                publication.followUp().vanishedAt(),
                publication.followUp().deletedAt(),
                publication.waitsForWord() ? "resolve" : null,
                publication.state() instanceof Held(var reason, var failure) ? reason.wireName() : null,
                error(publication.failure()),
                publication.cost(),
                publication.attemptCount().attempts(),
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
