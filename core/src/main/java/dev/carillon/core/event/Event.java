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
 * A fact worth telling. Its type on the wire derives from its name: {@code PostCreated} is {@code post.created}, {@code ApiKeyRevoked} is
 * {@code api_key.revoked}.
 */
public sealed interface Event {
    List<String> OBJECTS_OF_TWO_WORDS = List.of("api_key", "webhook_endpoint");

    Payload payload();

    record PostCreated(PostPayload payload) implements Event {}

    /** It was given a time ahead, at its creation or later, or it had ended and is to be tried again. */
    record PostScheduled(PostPayload payload) implements Event {}

    /** What it says, or when it goes out, was changed. */
    record PostUpdated(PostPayload payload) implements Event {}

    record PostPublished(PostPayload payload) implements Event {}

    record PostPartiallyPublished(PostPayload payload) implements Event {}

    record PostFailed(PostPayload payload) implements Event {}

    record PostCanceled(PostPayload payload) implements Event {}

    /** It has a time to go out by: a retry is due, a limit is to pass, its account is back, or the part before it in its thread is out. */
    record PublicationScheduled(PublicationPayload payload) implements Event {}

    record PublicationHeld(PublicationPayload payload) implements Event {}

    record PublicationProcessing(PublicationPayload payload) implements Event {}

    record PublicationPublished(PublicationPayload payload) implements Event {}

    record PublicationFailed(PublicationPayload payload) implements Event {}

    record PublicationOutcomeUnknown(PublicationPayload payload) implements Event {}

    /** Its time passed before anybody could begin with it; nothing was sent. */
    record PublicationMissed(PublicationPayload payload) implements Event {}

    record PublicationCanceled(PublicationPayload payload) implements Event {}

    /** The platform deleted it at the caller's wish. */
    record PublicationDeleted(PublicationPayload payload) implements Event {}

    /** It was published, and when the platform was asked again it was gone. */
    record PublicationVanished(PublicationPayload payload) implements Event {}

    record AccountConnected(AccountPayload payload) implements Event {}

    record AccountNeedsReauth(AccountPayload payload) implements Event {}

    record AccountDisconnected(AccountPayload payload) implements Event {}

    record ApiKeyCreated(ApiKeyPayload payload) implements Event {}

    record ApiKeyRevoked(ApiKeyPayload payload) implements Event {}

    /** Nothing has arrived there for so long that somebody should look. */
    record WebhookEndpointFailing(WebhookEndpointPayload payload) implements Event {}

    /** Something arrived there again, after a warning. */
    record WebhookEndpointRecovered(WebhookEndpointPayload payload) implements Event {}

    /** It gets nothing any more: its receiver said that it is gone, nothing arrived there for days, or somebody asked for it. */
    record WebhookEndpointDisabled(WebhookEndpointPayload payload) implements Event {}

    /** Somebody wants to see a delivery arrive. It goes to the endpoint that it is about and to no other. */
    record WebhookEndpointTest(WebhookEndpointPayload payload) implements Event {
        public static final String TYPE = "webhook_endpoint.test";
    }

    default String type() {
        return typeOf(getClass());
    }

    /** Every type that there is, in alphabetical order. */
    static List<String> types() {
        return Arrays.stream(Event.class.getPermittedSubclasses())
                .map(Event::typeOf)
                .sorted()
                .toList();
    }

    /** What the events of a type are about. */
    static Class<? extends Payload> payloadOf(String type) {
        return Arrays.stream(Event.class.getPermittedSubclasses())
                .filter(event -> typeOf(event).equals(type))
                .map(event -> event.getRecordComponents()[0].getType().asSubclass(Payload.class))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no type of events: " + type));
    }

    private static String typeOf(Class<?> event) {
        var name = event.getSimpleName().replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        // What happened is the last word; an object's name may have two.
        return OBJECTS_OF_TWO_WORDS.stream()
                .filter(object -> name.startsWith(object + "_"))
                .findFirst()
                .map(object -> object + "." + name.substring(object.length() + 1))
                .orElseGet(() -> name.replaceFirst("_", "."));
    }
}
