package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Content rules are checked when a post is created; in test mode, the rules of the simulated platform apply. */
class PlatformRulesOverHttpTest {
    private static ApiServer api;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aTextThatXWouldNotTakeIsRefusedWithTheRuleTheLimitAndWhatWasFound() {
        var account = account("x", "bells");
        assertThat(post(account, "x".repeat(280), "{}").status()).isEqualTo(201);

        var refused = post(account, "x".repeat(312), "{}").refused(422, "content_invalid");

        assertThat(refused.string("detail"))
                .isEqualTo("The text has 312 characters as X counts them; X allows 280. Shorten it by 32.");
        assertThat(errors(refused).getFirst())
                .isEqualTo(Map.of(
                        "code", "content_invalid",
                        "param", "/text",
                        "message", "The text has 312 characters as X counts them; X allows 280. Shorten it by 32.",
                        "rule", "x.text.weighted_characters",
                        "limit", 280,
                        "actual", 312,
                        "unit", "weighted_characters"));
    }

    @Test
    void aSettingIsRefusedByItsPointer() {
        var refused = post(account("reddit", "bells"), "hello", "{\"subredit\":\"bells\",\"title\":\"Noon\"}")
                .refused(422, "content_invalid");

        assertThat(named(refused))
                .containsExactly(
                        "reddit.settings.unknown /targets/0/settings/subredit",
                        "reddit.settings.missing /targets/0/settings/subreddit");
        assertThat(errors(refused).getFirst().get("message"))
                .isEqualTo("Reddit has no setting 'subredit'; did you mean 'subreddit'?");
    }

    @Test
    void aPlatformThatTakesNoPostWithoutAVideoSaysSo() {
        var refused = post(account("youtube", "bells"), "hello", "{\"title\":\"Noon\"}")
                .refused(422, "content_invalid");

        assertThat(named(refused)).containsExactly("youtube.media.required /targets/0/media");
        assertThat(refused.string("detail")).contains("a video", "Carillon does not send media yet");
    }

    private static String account(String platform, String username) {
        var reply = api.post("/v1/accounts", "{\"platform\":\"%s\",\"username\":\"%s\"}".formatted(platform, username));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.string("id");
    }

    private static Reply post(String account, String text, String settings) {
        return api.post(
                "/v1/posts",
                "{\"text\":\"%s\",\"targets\":[{\"account_id\":\"%s\",\"settings\":%s}]}"
                        .formatted(text, account, settings));
    }

    /** Each error as its rule and parameter. */
    private static List<String> named(Reply refused) {
        return errors(refused).stream()
                .map(error -> error.get("rule") + " " + error.get("param"))
                .toList();
    }

    private static List<? extends Map<?, ?>> errors(Reply refused) {
        return refused.json().get("errors") instanceof List<?> errors
                ? errors.stream().map(error -> (Map<?, ?>) error).toList()
                : List.of();
    }
}
