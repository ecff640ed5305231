package dev.carillon.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Metrics of one post on its way through all roles. */
@Tag("slow")
@Timeout(240)
class MetricsJourneyTest {
    private static final Pattern ANY_ID = Pattern.compile("\\b[a-z]{2,6}_[0-9a-hjkmnp-tv-z]{26}\\b");
    private static final Pattern ANY_UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}");

    @TempDir
    private Path data;

    @Test
    void aPostIsSeenInEveryRoleAndWhoseItIsInNone() {
        var settings = Map.of("CARILLON_SANDBOX_PORT", "0", "CARILLON_METRICS_PORT", "0");
        try (var carillon = RunningCarillon.start(data, settings)) {
            carillon.postTest("/v1/webhook_endpoints", """
                    {"url": "https://receiver.invalid/carillon", "events": ["*"]}
                    """);
            var account = carillon.postTest("/v1/accounts", """
                            {"platform": "sandbox", "username": "somebody"}
                            """).get("id").asText();
            var post = carillon.postTest("/v1/posts", """
                            {"text": "Hello", "targets": [{"account_id": "%s"}], "publish": "now"}
                            """.formatted(account))
                    .get("id")
                    .asText();
            assertThat(post).matches(ANY_ID);
            carillon.getTest("/v1/posts/" + post);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(carillon.metrics())
                                    .contains("\ncarillon_attempts_total{mode=\"test\",outcome=\"published\"} 1.0")
                                    .contains("\ncarillon_publication_lateness_seconds_count{mode=\"test\"} 1")
                                    .contains("\ncarillon_publication_lateness_seconds_count{mode=\"live\"} 0")
                                    .contains("\ncarillon_publications_overdue{mode=\"test\"} 0.0")
                                    .containsPattern(
                                            "\ncarillon_deliveries_total\\{mode=\"test\",status=\"scheduled\"} [1-9]")
                                    .contains(
                                            "\ncarillon_http_requests_seconds_count{method=\"GET\",route=\"/v1/posts/{id}\",status=\"200\"} "));
            assertThat(carillon.metrics())
                    .doesNotContain("somebody", "receiver.invalid")
                    .doesNotContainPattern(ANY_ID)
                    .doesNotContainPattern(ANY_UUID);
        }
    }
}
