package dev.carillon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.app.settings.Settings;
import dev.carillon.core.metrics.MetricsConfig;
import dev.carillon.core.net.OutboundConfig;
import dev.carillon.core.sealing.MasterKey;
import dev.carillon.testkit.TestDatabase;
import dev.carillon.testkit.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics of processes that serve no API. */
@Timeout(60)
class RoleMetricsTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final TestDatabase database = TestDatabase.fresh();
    private final Map<String, String> environment = new HashMap<>();
    private final ShutdownSequence process = new ShutdownSequence();

    @BeforeEach
    void nameServers() {
        environment.put("CARILLON_DATABASE_APP_URL", url(database.appUser(), database.appPassword()));
        environment.put("CARILLON_DATABASE_DISPATCH_URL", url(database.dispatchUser(), database.dispatchPassword()));
        environment.put("CARILLON_REDIS_URL", TestRedis.uri());
        environment.put("CARILLON_MASTER_KEY", MasterKey.generate());
        environment.put("CARILLON_METRICS_PORT", "0");
    }

    @AfterEach
    void stop() {
        process.close();
        database.close();
        http.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            api      | carillon_http_requests_seconds_count{method="GET",route="/healthz",status="200"} 1
            worker   | carillon_publication_lateness_seconds_bucket{mode="live",le="0.05"} 0
            worker   | carillon_publication_lateness_recent_seconds{mode="test",quantile="0.99"} 0.0
            worker   | carillon_publications_overdue{mode="live"} 0.0
            worker   | carillon_dispatch_in_flight{lanes="worker"} 0.0
            dispatch | carillon_deliveries_total{mode="live",status="delivered"} 0.0
            dispatch | carillon_delivery_delay_seconds_count{mode="live"} 0
            dispatch | carillon_deliveries_overdue{mode="live"} 0.0
            dispatch | carillon_webhook_endpoints{mode="live",state="probing"} 0.0
            dispatch | carillon_dispatch_in_flight{lanes="dispatch"} 0.0
            billing  | jvm_memory_used_bytes{area="heap"
            """)
    void eachRoleShowsWhatItDoes(String role, String series) {
        var running = start(Role.valueOf(role.toUpperCase(Locale.ROOT)));
        if (running.url() != null) {
            get(running.url().resolve("/healthz"));
        }

        await().untilAsserted(() ->
                assertThat(get(Objects.requireNonNull(running.metrics()))).contains("\n" + series));
    }

    // A tenant's webhook to this port would show the operator's metrics in an answer that the tenant can read.
    @Test
    void noTenantReachesThePort() {
        var running = start(Role.DISPATCH);

        var config = Objects.requireNonNull(running.context()).getBean(OutboundConfig.class);

        assertThat(config.ownPorts())
                .contains(Objects.requireNonNull(running.metrics()).getPort());
    }

    @Test
    void withoutAPortNobodyListensAndNothingIsCounted() {
        environment.remove("CARILLON_METRICS_PORT");

        var running = start(Role.WORKER);

        assertThat(running.metrics()).isNull();
        assertThat(Objects.requireNonNull(running.context())
                        .getBean(MetricsConfig.class)
                        .enabled())
                .isFalse();
    }

    private Start.Running start(Role role) {
        var options = new Start.Options(role, 0, Path.of("unused"), List.of());
        return new Start(options, Settings.of(environment), process).run();
    }

    private String get(URI url) {
        try {
            var answer = http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String url(String user, String password) {
        return "%s%suser=%s&password=%s"
                .formatted(database.jdbcUrl(), database.jdbcUrl().contains("?") ? "&" : "?", user, password);
    }
}
