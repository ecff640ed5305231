package dev.carillon.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.event.Event;
import dev.carillon.testkit.Reply;
import dev.carillon.testkit.WebhookReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every event type is produced in the sandbox, and its body matches its schema in the OpenAPI document and its webhook. */
@Tag("slow")
@Timeout(300)
class EventTypesJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path data;

    // Customers cannot build on a type that never happens, or whose body differs from its description.
    @Test
    void everyTypeHappensAndIsAsItsSchemaSays() {
        try (var receiver = WebhookReceiver.start();
                var gone = WebhookReceiver.start().otherwise(Reply.status(410));
                var moody = WebhookReceiver.start().replying(Reply.status(500), Reply.status(500), Reply.status(500));
                var carillon = RunningCarillon.start(data, settings(receiver, gone, moody))) {
            var happenings = new Happenings(carillon, receiver, gone, moody);
            var cases = happenings.all();
            assertThat(cases.keySet())
                    .as("a case for each type, and a type for each case")
                    .containsExactlyInAnyOrderElementsOf(Event.types());
            var webhooks = happenings.endpoint(receiver, "[\"*\"]");
            assertThat(webhooks).startsWith("we_");

            cases.values().forEach(Runnable::run);

            var schemas = validator(carillon.getTest("/openapi.json"));
            for (var type : Event.types()) {
                var id = firstOf(carillon, type);
                var body = carillon.textOfTest("/v1/events/" + id);
                assertThat(problems(schemas, type, body))
                        .as("%s: %s", type, body)
                        .isEmpty();
                var another = type.equals("post.created") ? "api_key.created" : "post.created";
                assertThat(problems(schemas, another, body))
                        .as("%s as %s", type, another)
                        .isNotEmpty();
                var delivered = receiver.awaitReceived(
                        request -> request.header("webhook-id").orElse("").equals(id), SOON);
                assertThat(delivered.text()).isEqualTo(body);
            }
        }
    }

    private static Map<String, String> settings(WebhookReceiver... receivers) {
        return Map.of(
                "CARILLON_SANDBOX_PORT",
                "0",
                "CARILLON_PUBLISHING_CHECKS",
                "1s",
                "CARILLON_WEBHOOKS_RETRIES",
                "1s,1s,1s,5m",
                "CARILLON_WEBHOOKS_HEALTH_WARN_AFTER",
                "1ms",
                "CARILLON_OUTBOUND_ALLOW",
                Stream.of(receivers)
                        .map(receiver -> receiver.url().getAuthority())
                        .collect(Collectors.joining(",")));
    }

    private static String firstOf(RunningCarillon carillon, String type) {
        return await("an event " + type)
                .atMost(SOON)
                .until(
                        () -> carillon.getTest("/v1/events?order=asc&limit=1&type=" + type)
                                .get("data"),
                        page -> !page.isEmpty())
                .get(0)
                .get("id")
                .asText();
    }

    /** A validator with a path for each type, whose response has the type's schema. */
    private static OpenApiInteractionValidator validator(JsonNode document) {
        ObjectNode small = JSON.createObjectNode();
        small.set("openapi", document.get("openapi"));
        small.set("info", document.get("info"));
        small.set("components", document.get("components"));
        var paths = small.putObject("paths");
        var mapping = document.at("/components/schemas/EventResponse/discriminator/mapping");
        for (var type : Event.types()) {
            var response = paths.putObject("/" + type)
                    .putObject("get")
                    .putObject("responses")
                    .putObject("200");
            response.put("description", type);
            response.putObject("content")
                    .putObject("application/json")
                    .putObject("schema")
                    .put("$ref", mapping.get(type).asText());
        }
        return OpenApiInteractionValidator.createForInlineApiSpecification(small.toString())
                .build();
    }

    private static List<String> problems(OpenApiInteractionValidator schemas, String type, String body) {
        var response = SimpleResponse.Builder.ok()
                .withContentType("application/json")
                .withBody(body)
                .build();
        return schemas.validateResponse("/" + type, Method.GET, response).getMessages().stream()
                .map(Object::toString)
                .toList();
    }

    /** Produces each type; one action may produce several. */
    private record Happenings(
            RunningCarillon carillon, WebhookReceiver receiver, WebhookReceiver gone, WebhookReceiver moody) {
        private static String nextMonth() {
            return "{\"at\": \"%s\"}".formatted(Instant.now().plus(Duration.ofDays(30)));
        }

        Map<String, Runnable> all() {
            Runnable another = () -> {};
            var cases = new LinkedHashMap<String, Runnable>();
            cases.put("api_key.created", this::makeAndRevokeKey);
            cases.put("api_key.revoked", another);
            cases.put("account.connected", this::connectAndDisconnect);
            cases.put("account.disconnected", another);
            cases.put("account.needs_reauth", () -> publish("held", "[sandbox:token_expired]"));
            cases.put("publication.held", another);
            cases.put("post.created", this::scheduleChangeAndCancel);
            cases.put("post.scheduled", another);
            cases.put("post.updated", another);
            cases.put("post.canceled", another);
            cases.put("publication.canceled", another);
            cases.put("post.published", this::publishAndDelete);
            cases.put("publication.published", another);
            cases.put("publication.deleted", another);
            cases.put("post.failed", () -> publish("failing", "[sandbox:content_rejected]"));
            cases.put("publication.failed", another);
            cases.put("post.partially_published", this::publishInPart);
            cases.put("publication.processing", () -> publish("slow", "[sandbox:slow_processing seconds=1]"));
            cases.put("publication.scheduled", () -> publish("limited", "[sandbox:rate_limited seconds=1]"));
            cases.put("publication.outcome_unknown", () -> publish("lost", "[sandbox:reply_lost_after_accept]"));
            cases.put("publication.vanished", () -> publish("vanishing", "[sandbox:vanishes]"));
            cases.put("webhook_endpoint.disabled", this::goAway);
            cases.put("webhook_endpoint.test", this::tryAnEndpoint);
            cases.put("webhook_endpoint.failing", this::failForAWhile);
            cases.put("webhook_endpoint.recovered", another);
            cases.put("publication.missed", this::missATime);
            return cases;
        }

        private void makeAndRevokeKey() {
            var key = carillon.postTest("/v1/api_keys", "{\"name\": \"short\", \"scopes\": [\"posts.read\"]}");
            carillon.deleteTest("/v1/api_keys/" + key.get("id").asText());
        }

        private void connectAndDisconnect() {
            carillon.deleteTest("/v1/accounts/" + account("passing"));
        }

        private void scheduleChangeAndCancel() {
            var post = post(account("planned"), "planned", nextMonth());
            carillon.patchTest("/v1/posts/" + post, "{\"revision\": 1, \"text\": \"changed\"}");
            carillon.postTest("/v1/posts/" + post + "/cancel", "");
        }

        private void publishAndDelete() {
            var post = carillon.getTest("/v1/posts/" + publish("plain", "hello"));
            var path = "/v1/posts/" + post.get("id").asText();
            await().atMost(SOON)
                    .until(() -> carillon.getTest(path).get("status").asText().equals("published"));
            carillon.postTest(
                    "/v1/publications/%s/delete"
                            .formatted(post.at("/publications/0/id").asText()),
                    "");
        }

        private void publishInPart() {
            carillon.postTest("/v1/posts", """
                    {"text": "in part", "publish": "now", "targets": [{"account_id": "%s"}, {"account_id": "%s"}]}
                    """.formatted(account("one part"), account("sandbox_content_rejected")));
        }

        /** The receiver answers 410 Gone. */
        private void goAway() {
            endpoint(gone, "[\"account.connected\"]");
            account("last seen");
        }

        /** The endpoint gets the test event although it is registered for another type. */
        private void tryAnEndpoint() {
            carillon.postTest("/v1/webhook_endpoints/" + endpoint(receiver, "[\"post.failed\"]") + "/test", "");
        }

        /** The receiver refuses three times, which is long enough for a warning with these settings, and then accepts. */
        private void failForAWhile() {
            endpoint(moody, "[\"account.connected\"]");
            account("unlucky");
        }

        /** A post that is planned under a test clock in 2024 is years late when the clock is removed. */
        private void missATime() {
            var clock = carillon.postTest("/v1/test_clocks", "{\"now\": \"2024-01-01T00:00:00Z\"}")
                    .get("id")
                    .asText();
            var account = account("late");
            carillon.postTest("/v1/test_clocks/" + clock + "/attach", "");
            carillon.postTest("/v1/posts", """
                    {"text": "late", "publish": {"at": "2024-02-01T00:00:00Z"}, "grace_seconds": 60, "misfire_policy": "skip",
                     "targets": [{"account_id": "%s"}]}
                    """.formatted(account));
            carillon.deleteTest("/v1/test_clocks/" + clock);
        }

        String endpoint(WebhookReceiver to, String events) {
            return carillon.postTest(
                            "/v1/webhook_endpoints", "{\"url\": \"%s\", \"events\": %s}".formatted(to.url(), events))
                    .get("id")
                    .asText();
        }

        private String account(String username) {
            return carillon.postTest(
                            "/v1/accounts", "{\"platform\": \"sandbox\", \"username\": \"%s\"}".formatted(username))
                    .get("id")
                    .asText();
        }

        private String publish(String username, String text) {
            return post(account(username), text, "\"now\"");
        }

        private String post(String account, String text, String publish) {
            return carillon.postTest(
                            "/v1/posts",
                            "{\"text\": \"%s\", \"publish\": %s, \"targets\": [{\"account_id\": \"%s\"}]}"
                                    .formatted(text, publish, account))
                    .get("id")
                    .asText();
        }
    }
}
