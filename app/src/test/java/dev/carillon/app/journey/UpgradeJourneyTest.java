package dev.carillon.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.app.bench.server.BenchDatabase;
import dev.carillon.app.bench.server.BenchServers;
import dev.carillon.app.settings.DatabaseLogin;
import dev.carillon.core.sealing.MasterKey;
import dev.carillon.localservers.LocalServers;
import dev.carillon.localservers.PostgresAddress;
import dev.carillon.migrations.Migrations;
import dev.carillon.testkit.WebhookReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Restores the dump of an earlier release, and goes on with it: what was promised before the upgrade happens after it. */
@Tag("slow")
@Timeout(240)
class UpgradeJourneyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RELEASES = Path.of("src", "test", "resources", "releases");
    private static final List<String> STATES = List.of("published", "failed", "scheduled", "draft", "canceled");
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path data;

    @TempDir
    private Path empty;

    static Stream<String> releases() throws IOException {
        try (var folders = Files.list(RELEASES)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void aDatabaseOfAnEarlierReleaseGoesOn(String release) throws IOException, SQLException {
        var fixture = RELEASES.resolve(release);
        var facts = JSON.readTree(Files.readString(fixture.resolve("facts.json")));
        restore(fixture);

        try (var receiver = WebhookReceiver.start();
                var carillon = RunningCarillon.start(
                        data,
                        Map.of(
                                "CARILLON_SANDBOX_PORT",
                                "0",
                                "CARILLON_OUTBOUND_ALLOW",
                                receiver.url().getAuthority()))) {
            for (var state : STATES) {
                assertThat(carillon.getTest("/v1/posts/" + fact(facts, state))
                                .get("status")
                                .asText())
                        .isEqualTo(state);
            }
            assertThat(carillon.getTest("/v1/posts?search=bells").get("data"))
                    .extracting(post -> post.get("id").asText())
                    .containsExactly(fact(facts, "published"));

            carillon.patchTest(
                    "/v1/webhook_endpoints/" + fact(facts, "endpoint"), """
                    {"url": "%s"}
                    """.formatted(receiver.url("/moved")));
            carillon.postTest("/v1/webhook_deliveries/%s/replay".formatted(fact(facts, "waiting_delivery")), "{}");
            var scheduled = fact(facts, "scheduled");
            carillon.patchTest("/v1/posts/" + scheduled, "{\"revision\": 1, \"publish\": \"now\"}");

            await().atMost(SOON).until(() -> carillon.getTest("/v1/posts/" + scheduled)
                    .get("status")
                    .asText()
                    .equals("published"));
            await().atMost(SOON)
                    .until(() -> carillon.getTest("/v1/webhook_deliveries/" + fact(facts, "waiting_delivery"))
                            .get("status")
                            .asText()
                            .equals("delivered"));
        }
        assertSameSchema();
    }

    /** Into the embedded servers of a data folder, as the first start of the earlier release left them. */
    private void restore(Path fixture) throws IOException, SQLException {
        try (var servers = LocalServers.start(data)) {
            try (var connection = DatabaseDump.connect(servers.postgres());
                    var statement = connection.createStatement()) {
                for (var role : List.of(Migrations.APP_ROLE, Migrations.DISPATCH_ROLE, Migrations.SANDBOX_ROLE)) {
                    statement.execute("CREATE ROLE %s LOGIN NOINHERIT".formatted(role));
                }
            }
            DatabaseDump.restore(fixture.resolve("database.sql.gz"), servers.postgres());
            try (var connection = DatabaseDump.connect(servers.postgres());
                    var statement = connection.createStatement()) {
                // The dump gets older than the retention of its plan.
                statement.execute("UPDATE plan SET retention_days = 36500");
            }
        }
        for (var file : List.of("master.key", "credentials.json")) {
            Files.write(data.resolve(file), Files.readAllBytes(fixture.resolve(file)));
        }
    }

    /** An upgraded database must not differ from a new one, or a query that is fast on one is slow, or refused, on the other. */
    private void assertSameSchema() throws SQLException {
        try (var upgraded = LocalServers.start(data);
                var fresh = LocalServers.start(empty)) {
            migrate(fresh.postgres());

            assertThat(DatabaseDump.catalogue(upgraded.postgres()))
                    .containsExactlyElementsOf(DatabaseDump.catalogue(fresh.postgres()));
        }
    }

    private static void migrate(PostgresAddress owner) {
        try (var database = BenchDatabase.of(new DatabaseLogin(owner.jdbcUrl(), owner.user(), owner.password()))) {
            BenchServers.migrate(database, MasterKey.generate());
        }
    }

    private static String fact(JsonNode facts, String name) {
        return facts.get(name).asText();
    }
}
