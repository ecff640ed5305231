package dev.carillon.connectors.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.platform.RuleViolation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlueskyContentRulesTest {
    private static final String FAMILY = "👨‍👩‍👧‍👦";

    private final BlueskyContentRules rules = new BlueskyContentRules();

    @Test
    void threeHundredCharactersAsReadersSeeThemAreTaken() {
        assertThat(rules.check("x".repeat(300), Map.of())).isEmpty();
        assertThat(rules.check("é".repeat(300), Map.of())).isEmpty();
        assertThat(rules.check("नि".repeat(300), Map.of())).isEmpty();
        assertThat(rules.check("🇨🇭".repeat(300), Map.of())).isEmpty();
    }

    @Test
    void oneMoreIsRefusedWithTheLimitAndWhatWasFound() {
        assertThat(rules.check("x".repeat(301), Map.of()))
                .containsExactly(new RuleViolation(
                        "bluesky.text.graphemes",
                        "/text",
                        "The text has 301 characters; Bluesky allows 300. Shorten it by 1.",
                        300,
                        301,
                        "graphemes"));
    }

    @Test
    void fewCharactersOfManyBytesAreRefusedByTheirBytes() {
        assertThat(rules.check(FAMILY.repeat(120), Map.of())).isEmpty();
        assertThat(rules.check(FAMILY.repeat(121), Map.of())).singleElement().satisfies(violation -> {
            assertThat(violation.rule()).isEqualTo("bluesky.text.bytes");
            assertThat(violation.limit()).isEqualTo(3000);
            assertThat(violation.actual()).isEqualTo(3025);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "\u3000"})
    void aTextWithoutWordsIsRefused(String text) {
        assertThat(rules.check(text, Map.of())).extracting("rule").containsExactly("bluesky.text.empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\ud83d", "\udc00b", "\udc00\ud83d"})
    void halfASurrogatePairIsRefused(String text) {
        assertThat(rules.check(text, Map.of())).extracting("rule").containsExactly("bluesky.text.unicode");
    }

    @Test
    void settingsThatItKnowsAreTaken() {
        Map<String, Object> settings = Map.of(
                "langs", List.of("en", "pt-BR", "zh-Hant"),
                "reply_control", List.of("following", "mentioned"),
                "labels", List.of("graphic-media"),
                "quotes", false);

        assertThat(rules.check("hello", settings)).isEmpty();
        var read = rules.settings(settings);
        assertThat(read.languages()).containsExactly("en", "pt-BR", "zh-Hant");
        assertThat(read.replyControl().orElseThrow().allowed())
                .containsExactly(BlueskySettings.ReplyRule.MENTIONED, BlueskySettings.ReplyRule.FOLLOWING);
        assertThat(read.labels()).containsExactly("graphic-media");
        assertThat(read.quotesAllowed()).isFalse();
    }

    @Test
    void everyoneAndNobodyAreNotTheSame() {
        assertThat(rules.settings(Map.of("reply_control", "everyone")).replyControl())
                .isEmpty();
        assertThat(rules.settings(Map.of("reply_control", "nobody"))
                        .replyControl()
                        .orElseThrow()
                        .allowed())
                .isEmpty();
    }

    @Test
    void anUnknownSettingIsRefusedWithTheNameThatWasMeant() {
        assertThat(rules.check("hello", Map.of("lang", "en"))).singleElement().satisfies(violation -> {
            assertThat(violation.rule()).isEqualTo("bluesky.settings.unknown");
            assertThat(violation.pointer()).isEqualTo("/settings/lang");
            assertThat(violation.message()).contains("did you mean 'langs'?");
        });
        assertThat(rules.check("hello", Map.of("visibility", "PUBLIC")))
                .extracting("message")
                .asString()
                .contains("langs, reply_control, labels, quotes");
    }

    @Test
    void valuesThatItDoesNotKnowAreRefusedEachByItsPointer() {
        assertRefused("langs", List.of("en", "de", "fr", "it"), "count");
        assertRefused("langs", List.of("not a tag"), "value");
        assertRefused("langs", List.of(""), "value");
        assertRefused("langs", "en", "type");
        assertRefused("langs", Arrays.asList("en", null), "type");
        assertRefused("reply_control", "some", "type");
        assertRefused("reply_control", List.of(), "type");
        assertRefused("reply_control", List.of("folowers"), "value");
        assertRefused("reply_control", 7, "type");
        assertRefused("labels", List.of("nsfw"), "value");
        assertRefused("labels", true, "type");
        assertRefused("quotes", "no", "type");
    }

    private void assertRefused(String name, Object value, String rule) {
        assertThat(rules.check("hello", Map.of(name, value))).singleElement().satisfies(violation -> {
            assertThat(violation.rule()).isEqualTo("bluesky.settings." + rule);
            assertThat(violation.pointer()).isEqualTo("/settings/" + name);
        });
    }
}
