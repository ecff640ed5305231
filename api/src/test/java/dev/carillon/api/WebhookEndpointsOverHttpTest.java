package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookEndpointsOverHttpTest {
    private static final String PATH = "/v1/webhook_endpoints";
    private static final String BODY = "{\"url\":\"https://receiver.example/hook\",\"events\":[\"*\"]}";
    private static ApiServer api;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    // Otherwise a stolen key could read the secret again.
    @Test
    void theSecretIsShownWhenTheEndpointIsMadeAndNeverAgain() {
        var made = api.post(PATH, BODY, "Idempotency-Key", "made");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.string("secret")).startsWith("whsec_");
        assertThat(api.post(PATH, BODY, "Idempotency-Key", "made").text()).isEqualTo(made.text());
        var read = api.get(PATH + "/" + made.string("id"));
        assertThat(read.json()).containsEntry("secret", null).containsEntry("events", List.of("*"));
        assertThat(api.get(PATH).text()).contains(made.string("id")).doesNotContain("whsec_");
    }

    @Test
    void whatIsGivenIsShownAgainButForWhatIsSecret() {
        var made = api.post(PATH, """
                {"url": "https://receiver.example/hook", "events": ["post.*", "publication.failed"], "description": "ours",
                 "metadata": {"team": "a"}, "headers": {"Authorization": "Bearer its-own-token", "X-Env": "test"},
                 "max_per_second": 50, "api_version": "2026-11-28", "asymmetric": true}
                """);

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json())
                .containsEntry("status", "enabled")
                .containsEntry("status_reason", null)
                .containsEntry("failures", 0)
                .containsEntry("header_names", List.of("Authorization", "X-Env"))
                .containsEntry("max_per_second", 50)
                .containsEntry("api_version", "2026-11-28")
                .containsEntry("previous_secret_until", null);
        assertThat(made.string("public_key")).startsWith("whpk_");
        assertThat(made.text()).doesNotContain("its-own-token", "whsk_");
        assertThat(api.get(PATH + "/" + made.string("id")).json()).isEqualTo(without(made.json(), "secret"));
    }

    @Test
    void aChangeNamesWhatChangesAndNullTakesAway() {
        var made = api.post(PATH, """
                {"url": "https://receiver.example/hook", "events": ["*"], "description": "ours", "metadata": {"team": "a"},
                 "headers": {"X-Env": "test"}, "max_per_second": 50}
                """);
        var path = PATH + "/" + made.string("id");

        var moved = patch(path, "{\"url\": \"https://receiver.example/moved\", \"events\": [\"post.*\"]}");
        var emptied = patch(
                path,
                "{\"headers\": null, \"max_per_second\": null, \"description\": null, \"metadata\": null, \"url\": null, \"api_version\": null}");

        assertThat(moved.json())
                .containsEntry("url", "https://receiver.example/moved")
                .containsEntry("events", List.of("post.*"))
                .containsEntry("description", "ours")
                .containsEntry("header_names", List.of("X-Env"))
                .containsEntry("secret", null);
        assertThat(emptied.json())
                .containsEntry("url", "https://receiver.example/moved")
                .containsEntry("header_names", List.of())
                .containsEntry("max_per_second", null)
                .containsEntry("description", null)
                .containsEntry("metadata", Map.of());
        assertThat(api.get(path).json()).isEqualTo(emptied.json());
        api.exchange(api.request("PATCH", path, "{\"secret\": \"whsec_x\"}")).refused(422, "unknown_parameter");
    }

    @Test
    void aNewSecretIsShownOnceAlsoWhenTheRequestIsRepeated() {
        var made = api.post(PATH, BODY);
        var path = PATH + "/" + made.string("id") + "/rotate_secret";

        var rotated = api.post(path, "{\"expires_previous_in\": 3600}", "Idempotency-Key", "rotated");

        assertThat(rotated.status()).as(rotated.text()).isEqualTo(200);
        assertThat(rotated.string("secret")).startsWith("whsec_").isNotEqualTo(made.string("secret"));
        assertThat(rotated.string("previous_secret_until")).isNotEmpty();
        assertThat(api.post(path, "{\"expires_previous_in\": 3600}", "Idempotency-Key", "rotated")
                        .text())
                .isEqualTo(rotated.text());
        assertThat(api.get(PATH + "/" + made.string("id")).json()).isEqualTo(without(rotated.json(), "secret"));
        assertThat(api.post(path, "").string("previous_secret_until"))
                .as("the default overlap is a day")
                .isGreaterThan(rotated.string("previous_secret_until"));
        api.post(path, "{\"expires_previous_in\": 604801}").refused(422, "invalid_parameter");
        api.post(path, "{\"expires_previous_in\": -1}").refused(422, "invalid_parameter");
    }

    @Test
    void anEndpointIsSwitchedOffAndOnAndTried() {
        var id = api.post(PATH, BODY).string("id");
        var path = PATH + "/" + id;

        var test = api.post(path + "/test", "");
        assertThat(test.status()).as(test.text()).isEqualTo(202);
        assertThat(test.json()).containsEntry("webhook_endpoint_id", id);
        var event = api.get("/v1/events/" + test.string("event_id"));
        assertThat(event.json()).containsEntry("type", "webhook_endpoint.test");
        assertThat(event.text()).contains(id);

        var off = api.post(path + "/disable", "");
        assertThat(off.json()).containsEntry("status", "disabled").containsEntry("status_reason", "requested");
        assertThat(off.string("disabled_at")).isNotEmpty();
        api.post(path + "/test", "").refused(409, "conflict");

        var on = api.post(path + "/enable", "{}");
        assertThat(on.json())
                .containsEntry("status", "enabled")
                .containsEntry("status_reason", null)
                .containsEntry("disabled_at", null);
        assertThat(api.post(path + "/test", "").status()).isEqualTo(202);
    }

    @Test
    void theSameAddressAndFilterMayBeThereTwice() {
        assertThat(api.post(PATH, BODY).string("id"))
                .isNotEqualTo(api.post(PATH, BODY).string("id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"events\": [\"post.publishd\"]                 | /events/0       | Did you mean post.published?",
                "\"events\": []                                  | /events         | at least one",
                "\"events\": [\"*\"], \"max_per_second\": 0      | /max_per_second | between 1 and 1000",
                "\"events\": [\"*\"], \"max_per_second\": \"5\"  | /max_per_second | between 1 and 1000",
                "\"events\": [\"*\"], \"api_version\": \"2020-01-01\" | /api_version | must be \"2026-11-28\"",
                "\"events\": [\"*\"], \"headers\": {\"Webhook-Id\": \"x\"} | /headers/Webhook-Id | another name",
                "\"events\": [\"*\"], \"headers\": {\"X-A\": null}       | /headers/X-A | must be a string",
                "\"events\": [\"*\"], \"headers\": {\"X-A\": \"a\\nb\"}  | /headers/X-A | visible",
                "\"events\": [\"*\"], \"headers\": []          | /headers        | object",
                "\"events\": [\"*\"], \"asymmetric\": 1        | /asymmetric     | true or false"
            })
    void whatIsWrongIsNamedWithItsLimit(String fields, String param, String detail) {
        var refused = api.post(PATH, "{\"url\": \"https://receiver.example/hook\", %s}".formatted(fields))
                .refused(422, "invalid_parameter");

        assertThat(refused.json()).containsEntry("param", param);
        assertThat(refused.string("detail")).contains(detail);
    }

    @Test
    void aRemovedEndpointIsUnknown() {
        var id = api.post(PATH, BODY).string("id");

        assertThat(api.delete(PATH + "/" + id).json()).containsEntry("status", "deleted");
        api.get(PATH + "/" + id).refused(404, "not_found");
        api.delete(PATH + "/" + id).refused(404, "not_found");
    }

    @Test
    void anAddressOrEventThatCannotBeIsRefused() {
        api.post(PATH, BODY.replace("https://receiver.example", "https://127.0.0.1"))
                .refused(422, "address_not_allowed");
        api.post(PATH, BODY.replace("*", "post.exploded")).refused(422, "invalid_parameter");
        api.post(PATH, "{\"events\":[\"*\"]}").refused(422, "invalid_parameter");
        api.post(PATH, "{\"url\":\"https://a.example\",\"events\":[1]}").refused(422, "invalid_parameter");
        api.post(PATH, "{\"url\":\"https://a.example\",\"event\":[]}").refused(422, "unknown_parameter");
    }

    private static Reply patch(String path, String body) {
        var reply = api.exchange(api.request("PATCH", path, body));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply;
    }

    /** The same object with null in this field. */
    private static Map<String, Object> without(Map<String, Object> json, String field) {
        var copy = new HashMap<>(json);
        copy.put(field, null);
        return copy;
    }
}
