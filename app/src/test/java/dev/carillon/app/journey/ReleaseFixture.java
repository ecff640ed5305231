package dev.carillon.app.journey;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.localservers.LocalServers;
import dev.carillon.localservers.PostgresAddress;
import dev.carillon.testkit.Reply;
import dev.carillon.testkit.WebhookReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills the database of this version through its API, and keeps a dump of it, from which the upgrades of later versions are tested. Run it once per
 * release: {@code ./carillon release-fixture 0.1.0}; docs/contributing/release.md says when.
 */
public final class ReleaseFixture {
    static final Path ALL = Path.of("app", "src", "test", "resources", "releases");

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunningCarillon carillon;
    private final Map<String, String> facts = new LinkedHashMap<>();

    private ReleaseFixture(RunningCarillon carillon) {
        this.carillon = carillon;
    }

    /** Takes the version, and optionally the folder of the repository. */
    public static void main(String[] arguments) throws IOException, SQLException {
        var repository = Path.of(arguments.length > 1 ? arguments[1] : ".");
        var folder = repository.resolve(ALL).resolve(arguments[0]);
        Files.createDirectories(folder);
        var data = Files.createTempDirectory("carillon-release");
        try {
            fill(data, folder);
            try (var servers = LocalServers.start(data)) {
                neverDue(servers.postgres());
                DatabaseDump.write(
                        servers.postgres(),
                        repository.resolve("db-migrations/src/main/resources/db/migration"),
                        folder.resolve("database.sql.gz"));
            }
            for (var file : List.of("master.key", "credentials.json")) {
                Files.write(folder.resolve(file), Files.readAllBytes(data.resolve(file)));
            }
        } finally {
            LocalServers.discard(data);
        }
        System.out.println("The fixture is in " + folder);
    }

    /** What is scheduled must still be ahead when a test restores the dump in some years. */
    private static void neverDue(PostgresAddress owner) throws SQLException {
        try (var connection = DatabaseDump.connect(owner);
                var statement = connection.createStatement()) {
            var columns = Map.of(
                    "post", List.of("publish_at"),
                    "post_revision", List.of("publish_at"),
                    "publication", List.of("publish_at", "due_at"),
                    "publication_lane", List.of("next_due_at"));
            for (var table : columns.entrySet()) {
                for (var column : table.getValue()) {
                    statement.execute("UPDATE %1$s SET %2$s = '2099-01-01Z' WHERE %2$s > now() + interval '300 days'"
                            .formatted(table.getKey(), column));
                }
            }
        }
    }

    private static void fill(Path data, Path folder) throws IOException {
        try (var receiver = WebhookReceiver.start()) {
            var settings = Map.of(
                    "CARILLON_SANDBOX_PORT",
                    "0",
                    "CARILLON_OUTBOUND_ALLOW",
                    receiver.url().getAuthority());
            try (var carillon = RunningCarillon.start(data, settings)) {
                var fixture = new ReleaseFixture(carillon);
                fixture.fill(receiver);
                Files.writeString(
                        folder.resolve("facts.json"),
                        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(fixture.facts) + "\n");
            }
        }
    }

    private void fill(WebhookReceiver receiver) {
        receiver.answering(request -> request.text().contains("post.created") ? Reply.status(500) : Reply.status(204));
        var endpoint = id(carillon.postTest("/v1/webhook_endpoints", """
                {"url": "%s", "events": ["*"], "description": "of the fixture"}
                """.formatted(receiver.url("/hook"))));
        var x = account("x", "fixture_x");
        var sandbox = account("sandbox", "fixture");
        var group = id(carillon.postTest("/v1/account_groups", "{\"name\": \"Of the fixture\"}"));
        carillon.patchTest("/v1/accounts/" + sandbox, "{\"account_group_id\": \"%s\"}".formatted(group));
        var agent = id(carillon.postTest("/v1/agents", "{\"name\": \"Fixture agent\"}"));
        var key = id(carillon.postTest("/v1/api_keys", """
                {"name": "bound", "scopes": ["posts.read", "posts.publish"], "account_ids": ["%s"], "agent_id": "%s"}
                """.formatted(sandbox, agent)));
        carillon.postTest("/v1/api_keys/%s/rotate".formatted(key), "{\"expires_previous_in\": 86400}");
        carillon.postTest("/v1/test_clocks", "{\"name\": \"not attached\", \"now\": \"2027-01-01T00:00:00Z\"}");

        keep("published", post("Bells of the fixture", "\"now\"", x, sandbox), "published");
        keep("thread", thread(x), "published");
        keep("failed", post("[sandbox:content_rejected] of the fixture", "\"now\"", sandbox), "failed");
        keep("scheduled", post("Later, from the fixture", "{\"at\": \"%s\"}".formatted(far()), sandbox), "scheduled");
        keep("draft", post("Not yet, from the fixture", "\"draft\"", sandbox), "draft");
        var canceled = post("Never, from the fixture", "{\"at\": \"%s\"}".formatted(far()), x);
        carillon.postTest("/v1/posts/%s/cancel".formatted(canceled), "{}");
        keep("canceled", canceled, "canceled");

        facts.put("endpoint", endpoint);
        await().atMost(SOON)
                .until(() -> deliveries(endpoint, "delivered").size() >= 2
                        && deliveries(endpoint, "scheduled").size() >= 1);
        facts.put(
                "waiting_delivery",
                deliveries(endpoint, "scheduled").get(0).get("id").asText());
    }

    private JsonNode deliveries(String endpoint, String status) {
        return carillon.getTest("/v1/webhook_endpoints/%s/deliveries?status=%s&limit=100".formatted(endpoint, status))
                .get("data");
    }

    private String account(String platform, String username) {
        return id(carillon.postTest(
                "/v1/accounts", "{\"platform\": \"%s\", \"username\": \"%s\"}".formatted(platform, username)));
    }

    private String post(String text, String publish, String... accounts) {
        var targets = String.join(
                ", ",
                List.of(accounts).stream()
                        .map("{\"account_id\": \"%s\"}"::formatted)
                        .toList());
        return id(carillon.postTest("/v1/posts", """
                {"text": "%s", "targets": [%s], "publish": %s, "metadata": {"fixture": "yes"}}
                """.formatted(text, targets, publish)));
    }

    private String thread(String account) {
        return id(carillon.postTest("/v1/posts", """
                {"text": "First of the fixture", "thread": [{"text": "Second of the fixture"}],
                 "targets": [{"account_id": "%s"}], "publish": "now"}
                """.formatted(account)));
    }

    /** As far as the API allows. */
    private static Instant far() {
        return Clock.systemUTC().instant().plus(Duration.ofDays(700)).truncatedTo(ChronoUnit.SECONDS);
    }

    private void keep(String name, String post, String status) {
        await(name).atMost(SOON).until(() -> carillon.getTest("/v1/posts/" + post)
                .get("status")
                .asText()
                .equals(status));
        facts.put(name, post);
    }

    private static String id(JsonNode object) {
        return object.get("id").asText();
    }
}
