package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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

    // Without this a secret could be read again by whoever finds a key.
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
}
