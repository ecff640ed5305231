package dev.carillon.sandbox;

import io.micronaut.json.tree.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A post that the platform accepted.
 *
 * @param id ascending, so newer posts have greater ids
 * @param permalinkToken 128 random bits, the only key to the post's page
 * @param deletedAt null while the post exists
 */
record SandboxPost(
        long id,
        String account,
        Content content,
        String permalinkToken,
        Instant createdAt,
        @Nullable Instant deletedAt) {

    /**
     * What the caller sent.
     *
     * @param clientKey the caller's own name for the post, by which it can be looked up
     * @param replyTo platform id of the post that it replies to
     */
    record Content(
            String platform,
            String text,
            String clientKey,
            @Nullable String replyTo,
            JsonNode settings) {}

    /**
     * An incoming post.
     *
     * @param workspace the workspace that owns it; null if the caller does not say
     * @param ownIdempotency whether another one with the same client key is the same post
     * @param vanishes whether it is deleted as soon as it is created
     */
    record IncomingPost(
            String account,
            @Nullable String workspace,
            Content content,
            boolean ownIdempotency,
            String permalinkToken,
            Instant at,
            boolean vanishes) {
        IncomingPost vanishing() {
            return new IncomingPost(account, workspace, content, ownIdempotency, permalinkToken, at, true);
        }

        IncomingPost readyIn(int seconds) {
            return new IncomingPost(
                    account, workspace, content, ownIdempotency, permalinkToken, at.plusSeconds(seconds), vanishes);
        }

        @Nullable
        Instant deletedAt() {
            return vanishes ? at : null;
        }
    }
}
