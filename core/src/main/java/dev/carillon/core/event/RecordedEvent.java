package dev.carillon.core.event;

import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Tenant;
import java.time.Instant;

/**
 * An event that has its number.
 *
 * @param number without a gap in its workspace and mode, in the order in which consumers see events
 * @param body the JSON that everybody gets, byte for byte
 */
public record RecordedEvent(
        EventId id, Tenant tenant, String type, String objectId, long number, String body, Instant createdAt) {}
