package dev.carillon.api.event;

import dev.carillon.core.kernel.Wire;
import java.time.Instant;
import java.util.Map;

/**
 * An immutable fact; a webhook carries the same bytes.
 *
 * @param object always {@code event}
 * @param type what happened, for example {@code publication.published}
 * @param apiVersion the API version that the body is written in
 * @param data the object that the event is about, as it was then
 */
@Wire
record EventResponse(
        String id, String object, String type, String apiVersion, boolean livemode, Instant createdAt, Data data) {

    /**
     * What the event is about.
     *
     * @param object a post, publication, account, API key or webhook endpoint
     */
    @Wire
    record Data(Map<String, Object> object) {}
}
