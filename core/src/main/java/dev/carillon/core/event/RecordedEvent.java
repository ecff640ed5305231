package dev.carillon.core.event;

import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Tenant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that has its number.
 *
 * @param postId the post that it belongs to, also if it is about a publication; null if it belongs to none
 * @param number without gaps in its workspace and mode, in the order in which consumers see events
 * @param body the JSON that every consumer receives, byte for byte
 */
public record RecordedEvent(
        EventId id,
        Tenant tenant,
        String type,
        String objectId,
        @Nullable String postId,
        long number,
        String body,
        Instant createdAt) {}
