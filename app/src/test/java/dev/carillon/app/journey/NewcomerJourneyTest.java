package dev.carillon.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.testkit.peers.ExampleProgram;
import dev.carillon.testkit.peers.ExampleProgram.Ended;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A newcomer's first steps: start, post to the sandbox, run an example, stop, start again. */
@Tag("slow")
@Timeout(240)
class NewcomerJourneyTest {
    private static final Map<String, String> SETTINGS = Map.of("CARILLON_SANDBOX_PORT", "0");
    private static final Path EXAMPLES = Path.of("..", "examples");

    @TempDir
    private static Path data;

    private static RunningCarillon carillon;

    @BeforeAll
    static void start() {
        carillon = RunningCarillon.start(data, SETTINGS);
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void postsKeysAndPermalinksSurviveARestart() {
        var account = carillon.postTest("/v1/accounts", """
                        {"platform": "sandbox", "username": "newcomer"}
                        """).get("id").asText();
        var post =
                carillon.postTest("/v1/posts", """
                        {"text": "Hello", "targets": [{"account_id": "%s"}], "publish": "now"}
                        """.formatted(account)).get("id").asText();
        awaitPublished(post);
        assertThat(accepted(account)).isEqualTo(1);

        carillon.close();
        carillon = RunningCarillon.start(data, SETTINGS);

        awaitPublished(post);
    }

    // Users base their programs on these examples. One that exits with 0 without a post would teach them to lose posts.
    @ParameterizedTest
    @EnumSource
    void anExamplePublishesAPostOrSaysWhyNot(ExampleProgram example) {
        var published = run(example, "From an example in " + example);

        assertThat(published.status()).as(published.output()).isZero();
        var permalink = published.output().strip().lines().toList().getLast();
        var post = carillon.getTest("/v1/posts?search=" + example).get("data").get(0);
        assertThat(post.get("status").asText()).isEqualTo("published");
        assertThat(post.at("/publications/0/permalink").asText()).isEqualTo(permalink);

        var refused = run(example, "[sandbox:content_rejected] " + example);

        assertThat(refused.status()).as(refused.output()).isEqualTo(1);
        assertThat(refused.output())
                .contains("rejected the post")
                .contains("Read the platform's message, change the content, and create another post.");

        var account = post.at("/publications/0/account_id").asText();
        assertThat(carillon.getTest("/v1/accounts").get("data"))
                .filteredOn(known -> known.get("username").asText().equals("example"))
                .singleElement()
                .satisfies(known -> assertThat(known.get("id").asText()).isEqualTo(account));
    }

    private static Ended run(ExampleProgram example, String text) {
        var environment = Map.of("CARILLON_URL", carillon.base().toString(), "CARILLON_API_KEY", carillon.testKey());
        return example.runOrSkip(EXAMPLES, environment, text);
    }

    private static long accepted(String account) {
        return carillon.getTest("/v1/sandbox/posts?account_id=" + account)
                .get("total")
                .asLong();
    }

    private static void awaitPublished(String post) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        carillon.getTest("/v1/posts/" + post).get("status").asText())
                .isEqualTo("published"));
    }
}
