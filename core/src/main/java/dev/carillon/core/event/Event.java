package dev.carillon.core.event;

import dev.carillon.core.event.Payload.AccountPayload;
import dev.carillon.core.event.Payload.ApiKeyPayload;
import dev.carillon.core.event.Payload.PostPayload;
import dev.carillon.core.event.Payload.PublicationPayload;
import dev.carillon.core.event.Payload.WebhookEndpointPayload;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Something that happened and is recorded. Its type on the wire derives from its name: {@code PostCreated} is
 * {@code post.created}, {@code ApiKeyRevoked} is {@code api_key.revoked}.
 */
public sealed interface Event {
    List<String> OBJECTS_OF_TWO_WORDS = List.of("api_key", "webhook_endpoint");

    Payload payload();

    record PostCreated(PostPayload payload) implements Event {}

    /** The post was given a future time, at its creation or later, or it had ended and is to be retried. */
    record PostScheduled(PostPayload payload) implements Event {}

    /** The post's content or time was changed. */
    record PostUpdated(PostPayload payload) implements Event {}

    record PostPublished(PostPayload payload) implements Event {}

    record PostPartiallyPublished(PostPayload payload) implements Event {}

    record PostFailed(PostPayload payload) implements Event {}

    record PostCanceled(PostPayload payload) implements Event {}

    /**
     * The publication has a time to be published: a retry is due, a limit will pass, its account is connected again, or
     * the part before it in its thread was published.
     */
    record PublicationScheduled(PublicationPayload payload) implements Event {}

    record PublicationHeld(PublicationPayload payload) implements Event {}

    record PublicationProcessing(PublicationPayload payload) implements Event {}

    record PublicationPublished(PublicationPayload payload) implements Event {}

    record PublicationFailed(PublicationPayload payload) implements Event {}

    record PublicationOutcomeUnknown(PublicationPayload payload) implements Event {}

    /** The publication's time passed before publishing could start; nothing was sent. */
    record PublicationMissed(PublicationPayload payload) implements Event {}

    record PublicationCanceled(PublicationPayload payload) implements Event {}

    /** The platform deleted the post at the caller's request. */
    record PublicationDeleted(PublicationPayload payload) implements Event {}

    /** The publication was published, and was gone when the platform was asked again. */
    record PublicationVanished(PublicationPayload payload) implements Event {}

    record AccountConnected(AccountPayload payload) implements Event {}

    record AccountNeedsReauth(AccountPayload payload) implements Event {}

    record AccountDisconnected(AccountPayload payload) implements Event {}

    record ApiKeyCreated(ApiKeyPayload payload) implements Event {}

    record ApiKeyRevoked(ApiKeyPayload payload) implements Event {}

    /** Deliveries to the endpoint have failed for so long that a person should look. */
    record WebhookEndpointFailing(WebhookEndpointPayload payload) implements Event {}

    /** A delivery arrived at the endpoint again, after a warning. */
    record WebhookEndpointRecovered(WebhookEndpointPayload payload) implements Event {}

    /**
     * The endpoint receives no more events: its receiver said that it is gone, no delivery arrived for days, or a
     * caller disabled it.
     */
    record WebhookEndpointDisabled(WebhookEndpointPayload payload) implements Event {}

    /** A test delivery that a caller asked for. It goes only to the endpoint that it is about. */
    record WebhookEndpointTest(WebhookEndpointPayload payload) implements Event {
        public static final String TYPE = "webhook_endpoint.test";
    }

    default String type() {
        return typeOf(getClass());
    }

    /** All event types, in alphabetical order. */
    static List<String> types() {
        return Arrays.stream(Event.class.getPermittedSubclasses())
                .map(Event::typeOf)
                .sorted()
                .toList();
    }

    /** The payload class of an event type. */
    static Class<? extends Payload> payloadOf(String type) {
        return Arrays.stream(Event.class.getPermittedSubclasses())
                .filter(event -> typeOf(event).equals(type))
                .map(event -> event.getRecordComponents()[0].getType().asSubclass(Payload.class))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown event type: " + type));
    }

    private static String typeOf(Class<?> event) {
        var name = event.getSimpleName().replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        // The last word is what happened; an object's name may have two words.
        return OBJECTS_OF_TWO_WORDS.stream()
                .filter(object -> name.startsWith(object + "_"))
                .findFirst()
                .map(object -> object + "." + name.substring(object.length() + 1))
                .orElseGet(() -> name.replaceFirst("_", "."));
    }
}
