package dev.carillon.core.event;

import dev.carillon.core.kernel.Money;
import dev.carillon.core.kernel.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The object that an event is about, as it was when the event was written. It does not contain the texts of posts. */
public sealed interface Payload {
    String id();

    /** The post that the object belongs to; null if it belongs to none. */
    default @Nullable String postId() {
        return null;
    }

    /** A post with its publications. */
    @Wire
    record PostPayload(
            String id,
            String object,
            String status,
            @Nullable Instant publishAt,
            List<PublicationPayload> publications,
            Map<String, Object> metadata,
            boolean livemode,
            Instant createdAt)
            implements Payload {
        @Override
        public String postId() {
            return id;
        }
    }

    /**
     * A publication.
     *
     * @param parentPublicationId in a thread, the previous part, which this one replies to
     * @param part its position in its thread, 0 for the post itself
     */
    @Wire
    record PublicationPayload(
            String id,
            String object,
            String postId,
            String accountId,
            String platform,
            int position,
            @Nullable String parentPublicationId,
            int part,
            String status,
            @Nullable Instant publishAt,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant publishedAt,
            @Nullable String platformPostId,
            @Nullable String permalink,
            @Nullable Instant vanishedAt,
            @Nullable Instant deletedAt,
            @Nullable ErrorPayload error,
            Money cost,
            boolean livemode,
            Instant createdAt)
            implements Payload {}

    /** Why it was not published, or not yet. */
    @Wire
    record ErrorPayload(
            String code, String message, @Nullable String platformMessage) {}

    /** A key, without any secret. */
    @Wire
    record ApiKeyPayload(
            String id,
            String object,
            String name,
            List<String> scopes,
            @Nullable String agentId,
            String status,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            boolean livemode,
            Instant createdAt)
            implements Payload {}

    /**
     * A webhook endpoint, without its secrets and the values of its headers.
     *
     * @param statusReason why it is disabled: gone, failing or requested
     * @param failingSince when the first attempt failed after the last success
     * @param headerNames of the headers that it receives in addition to Carillon's
     * @param maxPerSecond maximum number of requests per second
     * @param apiVersion of the events that it receives
     * @param publicKey verifies its v1a signatures
     */
    @Wire
    record WebhookEndpointPayload(
            String id,
            String object,
            String url,
            List<String> events,
            String status,
            @Nullable String statusReason,
            @Nullable Instant disabledAt,
            @Nullable Instant failingSince,
            @Nullable String description,
            Map<String, Object> metadata,
            List<String> headerNames,
            @Nullable Integer maxPerSecond,
            String apiVersion,
            @Nullable String publicKey,
            boolean livemode,
            Instant createdAt)
            implements Payload {}

    /** An account. */
    @Wire
    record AccountPayload(
            String id,
            String object,
            String platform,
            String username,
            String status,
            @Nullable String statusReason,
            boolean livemode,
            Instant createdAt)
            implements Payload {}
}
