package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.apikey.ApiKeyAuthenticator.NewKey;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WorkspaceId;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares each number of the health report with a plain count of the rows. */
class WorkspaceHealthOverHttpTest {
    private static final String THIS_MONTH =
            "date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'";

    private static ApiServer api;
    private static SimulatedWorker store;
    private static WorkspaceId workspace;
    private static NewKey key;

    @BeforeAll
    static void aWorkspaceWithSomethingOfEverything() {
        api = ApiServer.start();
        store = new SimulatedWorker(api.carillon());
        workspace = api.carillon().newWorkspace();
        key = api.carillon().newKey(workspace, Mode.TEST);
        var account = made("/v1/accounts", "{\"platform\": \"sandbox\", \"username\": \"stays\"}");
        var leaves = made("/v1/accounts", "{\"platform\": \"x\", \"username\": \"leaves\"}");
        var published = posted(account, "published", "\"now\"");
        store.publish(published, SimulatedWorker.published(published));
        var longAgo = posted(account, "long ago", "\"now\"");
        store.publish(longAgo, SimulatedWorker.published(longAgo));
        lastMonth(longAgo);
        posted(account, "due", "\"now\"");
        posted(account, "claimed", "\"now\"");
        posted(account, "planned", "{\"at\": \"2028-01-01T00:00:00Z\"}");
        posted(leaves, "held", "{\"at\": \"2028-01-01T00:00:00Z\"}");
        send("DELETE", "/v1/accounts/" + leaves, null);
        var quiet = endpoint("quiet");
        var troubled = endpoint("troubled");
        var dead = endpoint("dead");
        endpoint("unused");
        send("DELETE", "/v1/webhook_endpoints/" + endpoint("deleted"), null);
        delivery(quiet, "scheduled", 0, null);
        delivery(quiet, "delivered", 1, "1 hour");
        delivery(troubled, "scheduled", 3, null);
        delivery(troubled, "scheduled", 1, null);
        delivery(dead, "failed", 9, "1 hour");
        delivery(dead, "failed", 9, "23 hours");
        delivery(quiet, "failed", 9, "25 hours");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void accountsAndPublicationsAreCountedAsTheRowsAre() {
        var health = health();

        assertThat(health.get("accounts"))
                .isEqualTo(Map.of(
                        "active", count("account WHERE status = 'active' AND"),
                        "disconnected", count("account WHERE status = 'disconnected' AND")));
        assertThat(field(health, "publications").get("overdue"))
                .isEqualTo(count("publication WHERE status = 'scheduled' AND due_at < clock_timestamp() AND"))
                .isEqualTo(2);
    }

    @Test
    void webhooksAreCountedAsTheRowsAre() {
        var webhooks = field(health(), "webhooks");
        var recent = "status = 'failed' AND ended_at > clock_timestamp() - interval '24 hours'";

        assertThat(webhooks.get("endpoints"))
                .isEqualTo(Map.of("enabled", count("webhook_endpoint WHERE status = 'enabled' AND")))
                .isEqualTo(Map.of("enabled", 4));
        assertThat(webhooks.get("failing")).isEqualTo(2);
        assertThat(field(webhooks, "deliveries"))
                .containsEntry("window_seconds", 86_400)
                .containsEntry("waiting", count("webhook_delivery WHERE status = 'scheduled' AND"))
                .containsEntry("retried", count("webhook_delivery WHERE status = 'scheduled' AND attempts > 0 AND"))
                .containsEntry("failed", count("webhook_delivery WHERE " + recent + " AND"))
                .containsEntry("waiting", 3)
                .containsEntry("retried", 2)
                .containsEntry("failed", 2);
    }

    @Test
    void spendIsWhatIsHeldAndWasSettledThisMonth() {
        var spend = field(health(), "spend");

        assertThat(field(spend, "held"))
                .containsEntry("currency", "usd")
                .containsEntry("amount_micros", sum("state = 'reserved'"));
        assertThat(field(spend, "settled"))
                .containsEntry("currency", "usd")
                .containsEntry("amount_micros", sum("state = 'settled' AND closed_at >= " + THIS_MONTH))
                .containsEntry("amount_micros", 10_000);
        assertThat(sum("state = 'settled'")).as("settled, with earlier months").isEqualTo(20_000);
        assertThat(spend).containsEntry("cap", null);
        assertThat(String.valueOf(spend.get("since"))).endsWith("-01T00:00:00Z");
    }

    private static Map<String, Object> health() {
        return api.get("/v1/workspace/health", ApiServer.secretOf(key)).json();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> field(Map<String, Object> object, String name) {
        return (Map<String, Object>) Objects.requireNonNull(object.get(name));
    }

    private static int count(String rows) {
        return (int) store.number("SELECT count(*) FROM %s workspace_id = '%s'".formatted(rows, workspace.value()));
    }

    private static int sum(String which) {
        return (int) store.number("SELECT sum(amount_micros) FROM spend_reservation WHERE %s AND workspace_id = '%s'"
                .formatted(which, workspace.value()));
    }

    private static ApiServer.Reply send(String method, String path, @Nullable String body) {
        var reply = api.exchange(ApiServer.withKey(api.request(method, path, body), ApiServer.secretOf(key)));
        assertThat(reply.status()).as(reply.text()).isIn(200, 201);
        return reply;
    }

    private static String made(String path, String body) {
        return send("POST", path, body).string("id");
    }

    private static String posted(String account, String text, String publish) {
        return send("POST", "/v1/posts", ApiServer.postBody(account, text, publish))
                .ids("publications")
                .getFirst();
    }

    private static String endpoint(String name) {
        return made(
                "/v1/webhook_endpoints",
                "{\"url\": \"https://receiver.example/%s\", \"events\": [\"*\"]}".formatted(name));
    }

    private static void lastMonth(String publication) {
        var id = SimulatedWorker.idOf(publication).value();
        store.number(
                "UPDATE spend_reservation SET closed_at = %s - interval '1 second' WHERE publication_id = '%s' RETURNING 1"
                        .formatted(THIS_MONTH, id));
        store.number(
                "UPDATE meter_event SET occurred_at = %s - interval '1 second' WHERE publication_id = '%s' RETURNING 1"
                        .formatted(THIS_MONTH, id));
    }

    /** Inserts a delivery as the dispatcher would leave it. */
    private static void delivery(String endpoint, String status, int attempts, @Nullable String endedBefore) {
        store.number("""
                INSERT INTO webhook_delivery (event_id, endpoint_id, id, workspace_id, livemode, event_type, status, due_at, attempts, ended_at)
                SELECT id, '%s', gen_random_uuid(), workspace_id, livemode, type, '%s', clock_timestamp(), %d, clock_timestamp() - %s
                FROM event WHERE workspace_id = '%s'
                  AND NOT EXISTS (SELECT FROM webhook_delivery WHERE event_id = event.id AND endpoint_id = '%s')
                ORDER BY id LIMIT 1 RETURNING 1
                """.formatted(
                        WebhookEndpointId.KIND.read(endpoint).orElseThrow().value(),
                        status,
                        attempts,
                        endedBefore == null ? "NULL::interval" : "interval '" + endedBefore + "'",
                        workspace.value(),
                        WebhookEndpointId.KIND.read(endpoint).orElseThrow().value()));
    }
}
