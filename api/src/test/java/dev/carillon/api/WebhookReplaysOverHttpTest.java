package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.testing.Hooked;
import dev.carillon.core.webhook.replay.ReplayFeeder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookReplaysOverHttpTest {
    private static final String BODY = "{\"scope\":\"failed\",\"since\":\"2026-01-01T00:00:00Z\",\"per_second\":1000}";
    private static ApiServer api;
    private static Hooked hooked;
    private String endpoint = "";
    private String path = "";

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        hooked = new Hooked(api.carillon(), api.carillon().test());
    }

    @BeforeEach
    void newEndpoint() {
        endpoint = hooked.endpoint("https://replayed.example.com", "account.connected")
                .id()
                .toString();
        path = "/v1/webhook_endpoints/" + endpoint + "/replays";
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aReplayIsMadeFollowedAndListed() {
        var events = hooked.happen(3);
        hooked.fanOut();
        hooked.end(events.getFirst(), "failed", 10);

        var made = api.post(path, BODY, "Idempotency-Key", endpoint);

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json())
                .containsEntry("object", "webhook_replay")
                .containsEntry("endpoint_id", endpoint)
                .containsEntry("events", List.of("*"))
                .containsEntry("status", "running")
                .containsEntry("total", 1)
                .containsEntry("queued", 0);
        assertThat(api.post(path, BODY, "Idempotency-Key", endpoint).text()).isEqualTo(made.text());
        var one = "/v1/webhook_replays/" + made.string("id");
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            api.carillon().bean(ReplayFeeder.class).step();
            return api.get(one).string("status").equals("done");
        });
        assertThat(api.get(one).json())
                .containsEntry("queued", 1)
                .containsEntry("progress", Map.of("delivered", 0, "failed", 0, "skipped", 0, "waiting", 1));
        assertThat(api.get(path).ids("data")).containsExactly(made.string("id"));
    }

    @Test
    void oneRunsAtATimeUntilItIsCanceled() {
        var first = api.post(path, BODY).string("id");

        assertThat(api.post(path, BODY).refused(409, "conflict").string("detail"))
                .contains(first);

        var canceled = api.post("/v1/webhook_replays/" + first + "/cancel", "");
        assertThat(canceled.status()).isEqualTo(200);
        assertThat(canceled.json()).containsEntry("status", "canceled").containsEntry("status_reason", "requested");
        assertThat(api.post("/v1/webhook_replays/" + first + "/cancel", "").text())
                .isEqualTo(canceled.text());
        assertThat(api.post(path, BODY).status()).isEqualTo(201);
    }

    @Test
    void whatIsWrongIsRefusedByItsField() {
        var since = "\"since\":\"2026-01-01T00:00:00Z\"";
        refused("{" + since + "}", "/scope");
        refused("{\"scope\":\"some\"," + since + "}", "/scope");
        refused("{\"scope\":\"all\"}", "/since");
        refused("{\"scope\":\"all\"," + since + ",\"until\":\"2025-01-01T00:00:00Z\"}", "/since");
        refused("{\"scope\":\"all\"," + since + ",\"per_second\":0}", "/per_second");
        refused("{\"scope\":\"all\"," + since + ",\"per_second\":1001}", "/per_second");
        refused("{\"scope\":\"all\"," + since + ",\"events\":[\"*\",\"post.exploded\"]}", "/events/1");
        api.post(path, "{\"scope\":\"all\",\"from\":1}").refused(422, "unknown_parameter");
        api.post("/v1/webhook_endpoints/none/replays", BODY).refused(404, "not_found");
        api.get("/v1/webhook_replays/none").refused(404, "not_found");
        assertThat(api.get(path).ids("data")).isEmpty();
    }

    private void refused(String body, String pointer) {
        assertThat(api.post(path, body).refused(422, "invalid_parameter").string("param"))
                .as(body)
                .isEqualTo(pointer);
    }
}
