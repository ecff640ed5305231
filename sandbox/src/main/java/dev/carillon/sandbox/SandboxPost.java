package dev.carillon.sandbox;

import io.micronaut.json.tree.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A post that the platform accepted.
 *
 * @param id ascending, so that newer posts have greater ids
 * @param permalinkToken 128 random bits that alone open the post's page
 * @param deletedAt null while the post stands
 */
record SandboxPost(
        long id,
        Content content,
        String permalinkToken,
        Instant createdAt,
        @Nullable Instant deletedAt) {

    /**
     * What the caller sent.
     *
     * @param clientKey the caller's own name for the post, by which it can be looked up
     * @param replyTo platform id of the post that this one answers, unchecked
     */
    record Content(
            String platform,
            String text,
            String clientKey,
            @Nullable String replyTo,
            JsonNode settings) {}
}
