package dev.carillon.api.event;

import dev.carillon.core.kernel.Wire;
import java.time.Instant;
import java.util.Map;

/**
 * An immutable fact, the same bytes as a webhook carries.
 *
 * @param object always {@code event}
 * @param type what happened, for example {@code publication.published}
 * @param apiVersion the version of the API in which the body is written
 * @param data the object that it is about, as it stood then
 */
@Wire
record EventResponse(
        String id, String object, String type, String apiVersion, boolean livemode, Instant createdAt, Data data) {

    /**
     * What the event is about.
     *
     * @param object a post, publication or account
     */
    @Wire
    record Data(Map<String, Object> object) {}
}
