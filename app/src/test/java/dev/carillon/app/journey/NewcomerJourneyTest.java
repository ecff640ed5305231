package dev.carillon.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer does first: start, post to the sandbox, stop, start again. */
@Tag("slow")
@Timeout(240)
class RestartJourneyTest {
    private static final Map<String, String> SETTINGS = Map.of("CARILLON_SANDBOX_PORT", "0");

    @TempDir
    private Path data;

    @Test
    void postsKeysAndPermalinksSurviveARestart() {
        String post;
        try (var carillon = RunningCarillon.start(data, SETTINGS)) {
            var account = carillon.postTest("/v1/accounts", """
                            {"platform": "sandbox", "username": "newcomer"}
                            """).get("id").asText();
            post = carillon.postTest("/v1/posts", """
                            {"text": "Hello", "targets": [{"account_id": "%s"}], "publish": "now"}
                            """.formatted(account))
                    .get("id")
                    .asText();
            awaitPublished(carillon, post);
            assertThat(carillon.getTest("/v1/sandbox/posts?account_id=" + account)
                            .get("total")
                            .asLong())
                    .isEqualTo(1);
        }
        try (var carillon = RunningCarillon.start(data, SETTINGS)) {
            awaitPublished(carillon, post);
        }
    }

    private static void awaitPublished(RunningCarillon carillon, String post) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        carillon.getTest("/v1/posts/" + post).get("status").asText())
                .isEqualTo("published"));
    }
}
