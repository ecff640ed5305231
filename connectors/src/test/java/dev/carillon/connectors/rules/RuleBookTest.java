package dev.carillon.connectors.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.RuleViolation;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

class RuleBookTest {
    private static final String FAMILY = "👨‍👩‍👧‍👦";
    private static final String LONG_LINK = "https://carillon.dev/" + "a".repeat(100);

    /** Required settings, so that only the text can be wrong. */
    private static final Map<Platform, Map<String, Object>> SETTINGS = Map.of(
            Platform.REDDIT, Map.of("subreddit", "bells", "title", "Noon"),
            Platform.PINTEREST, Map.of("board_id", "1"),
            Platform.TIKTOK, Map.of("privacy_level", "SELF_ONLY"),
            Platform.YOUTUBE, Map.of("title", "Noon"),
            Platform.SNAPCHAT, Map.of("content_type", "story"));

    @ParameterizedTest
    @EnumSource(
            value = Platform.class,
            mode = Mode.EXCLUDE,
            names = {"BLUESKY", "SANDBOX"})
    void everyPlatformWithoutAConnectorOfItsOwnIsInTheBook(Platform platform) {
        assertThat(RuleBook.of(platform))
                .get()
                .extracting(ContentRules::platform)
                .isEqualTo(platform);
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                arguments(Platform.X, "weighted_characters", 280, "x".repeat(280), "x".repeat(281)),
                arguments(Platform.X, "weighted_characters", 280, "字".repeat(140), "字".repeat(140) + "x"),
                arguments(Platform.X, "weighted_characters", 280, FAMILY.repeat(140), FAMILY.repeat(140) + "x"),
                arguments(Platform.X, "weighted_characters", 280, "e\u0301".repeat(280), "e\u0301".repeat(281)),
                arguments(
                        Platform.X,
                        "weighted_characters",
                        280,
                        LONG_LINK + " " + "x".repeat(256),
                        LONG_LINK + " " + "x".repeat(257)),
                arguments(
                        Platform.X,
                        "weighted_characters",
                        280,
                        "carillon.dev " + "x".repeat(256),
                        "carillon.dev " + "x".repeat(257)),
                arguments(Platform.X, "cashtags", 1, "buy $A", "buy $A $B"),
                arguments(Platform.MASTODON, "graphemes", 500, FAMILY.repeat(500), FAMILY.repeat(501)),
                arguments(
                        Platform.MASTODON,
                        "graphemes",
                        500,
                        LONG_LINK + " " + "x".repeat(476),
                        LONG_LINK + " " + "x".repeat(477)),
                arguments(
                        Platform.MASTODON,
                        "graphemes",
                        500,
                        "@ada@mastodon.social " + "x".repeat(495),
                        "@ada@mastodon.social " + "x".repeat(496)),
                arguments(Platform.THREADS, "weighted_characters", 500, "😀".repeat(125), "😀".repeat(125) + "x"),
                arguments(Platform.THREADS, "weighted_characters", 500, "é".repeat(500), "é".repeat(501)),
                arguments(Platform.THREADS, "links", 5, links(5) + " http://0.io", links(6)),
                arguments(Platform.INSTAGRAM, "code_points", 2_200, "😀".repeat(2_200), "😀".repeat(2_201)),
                arguments(Platform.INSTAGRAM, "hashtags", 30, "#a ".repeat(30), "#a ".repeat(31)),
                arguments(Platform.INSTAGRAM, "mentions", 20, "@a ".repeat(20), "@a ".repeat(21)),
                arguments(Platform.FACEBOOK, "code_points", 63_206, "😀".repeat(63_206), "x".repeat(63_207)),
                arguments(Platform.LINKEDIN, "utf16_units", 3_000, "😀".repeat(1_500), "😀".repeat(1_500) + "x"),
                arguments(Platform.LINKEDIN_PAGE, "utf16_units", 3_000, "_".repeat(3_000), "_".repeat(3_001)),
                arguments(Platform.TIKTOK, "utf16_units", 2_200, "😀".repeat(1_100), "😀".repeat(1_100) + "x"),
                arguments(Platform.YOUTUBE, "bytes", 5_000, "é".repeat(2_500), "é".repeat(2_500) + "x"),
                arguments(Platform.YOUTUBE, "angle_brackets", 0, "a and b", "a > b"),
                arguments(Platform.PINTEREST, "code_points", 800, "😀".repeat(800), "😀".repeat(801)),
                arguments(Platform.REDDIT, "code_points", 40_000, "😀".repeat(40_000), "😀".repeat(40_001)),
                arguments(Platform.TELEGRAM, "utf16_units", 4_096, "😀".repeat(2_048), "😀".repeat(2_048) + "x"),
                arguments(Platform.DISCORD, "utf16_units", 2_000, "😀".repeat(1_000), "😀".repeat(1_000) + "x"),
                arguments(Platform.SNAPCHAT, "utf16_units", 160, "😀".repeat(80), "😀".repeat(80) + "x"));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void aTextIsTakenAtTheLimitAndRefusedAboveIt(
            Platform platform, String unit, int limit, String fits, String tooMuch) {
        assertThat(ofText(platform, fits)).isEmpty();
        assertThat(ofText(platform, tooMuch)).singleElement().satisfies(violation -> {
            assertThat(violation.rule()).isEqualTo(platform.wireName() + ".text." + unit);
            assertThat(violation.unit()).isEqualTo(unit);
            assertThat(violation.limit()).isEqualTo(limit);
            assertThat(violation.actual()).isGreaterThan(limit);
            assertThat(violation.message()).contains(" " + violation.actual() + " ", " allows " + limit + ". ");
        });
    }

    @Test
    void aRefusalSaysWhatWasFoundWhatIsTakenAndHowToMendIt() {
        assertThat(check(Platform.X, "x".repeat(312)))
                .containsExactly(new RuleViolation(
                        "x.text.weighted_characters",
                        "/text",
                        "The text has 312 characters as X counts them; X allows 280. Shorten it by 32.",
                        280,
                        312,
                        "weighted_characters"));
        assertThat(check(Platform.X, "$A $B $C"))
                .extracting(RuleViolation::message)
                .containsExactly("The text has 3 cashtags; X allows 1. Remove 2.");
    }

    @ParameterizedTest
    @EnumSource(
            value = Platform.class,
            names = {"INSTAGRAM", "TIKTOK", "YOUTUBE", "PINTEREST", "SNAPCHAT"})
    void aPlatformOfImagesAndVideosTakesNoText(Platform platform) {
        assertThat(check(platform, "hello")).singleElement().satisfies(violation -> {
            assertThat(violation.rule()).isEqualTo(platform.wireName() + ".media.required");
            assertThat(violation.pointer()).isEqualTo("/media");
            assertThat(violation.message()).contains("requires", "Carillon does not send media yet");
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Platform.class,
            names = {
                "X",
                "MASTODON",
                "THREADS",
                "FACEBOOK",
                "LINKEDIN",
                "LINKEDIN_PAGE",
                "TELEGRAM",
                "DISCORD",
                "WORDPRESS"
            })
    void aPlatformOfWordsTakesNoBlankText(Platform platform) {
        assertThat(check(platform, "hello")).isEmpty();
        for (var blank : List.of("", " ", "\n\t", "\u3000")) {
            assertThat(check(platform, blank))
                    .extracting(RuleViolation::rule)
                    .containsExactly(platform.wireName() + ".text.empty");
        }
    }

    @Test
    void aTitleOrALinkMayStandForTheText() {
        assertThat(check(Platform.REDDIT, "")).isEmpty();
        assertThat(check(Platform.FACEBOOK, "", Map.of("link", "https://carillon.dev")))
                .isEmpty();
        assertThat(check(Platform.WORDPRESS, "", Map.of("title", "Noon"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Platform.class,
            mode = Mode.EXCLUDE,
            names = {"BLUESKY", "SANDBOX"})
    void halfASurrogatePairIsRefused(Platform platform) {
        assertThat(ofText(platform, "a\ud83d"))
                .extracting(RuleViolation::rule)
                .containsExactly(platform.wireName() + ".text.unicode");
    }

    @Test
    void aSpoilerCountsWithTheText() {
        assertThat(check(Platform.MASTODON, "x".repeat(490), Map.of("spoiler_text", "x".repeat(10))))
                .isEmpty();
        assertThat(check(Platform.MASTODON, "x".repeat(490), Map.of("spoiler_text", "x".repeat(11))))
                .extracting(RuleViolation::message)
                .containsExactly("The text with spoiler_text has 501 characters as Mastodon counts them; Mastodon"
                        + " allows 500. Shorten it by 1.");
    }

    @Test
    void anAttachedLinkCountsWithThoseOfTheText() {
        assertThat(check(Platform.THREADS, links(5), Map.of("link_attachment", "http://4.io")))
                .isEmpty();
        assertThat(check(Platform.THREADS, links(5), Map.of("link_attachment", "http://9.io")))
                .extracting(RuleViolation::rule)
                .containsExactly("threads.text.links");
    }

    @ParameterizedTest
    @CsvSource({
        "REDDIT, subreddit",
        "REDDIT, title",
        "PINTEREST, board_id",
        "TIKTOK, privacy_level",
        "YOUTUBE, title",
        "SNAPCHAT, content_type"
    })
    void whatAPlatformNeedsIsAskedFor(Platform platform, String name) {
        var settings = new HashMap<>(SETTINGS.get(platform));
        settings.remove(name);

        assertThat(ofSettings(platform, settings)).containsExactly("/settings/" + name + " missing");
        settings.put(name, null);
        assertThat(ofSettings(platform, settings)).containsExactly("/settings/" + name + " missing");
    }

    @Test
    void someAreNeededOnlyWithOthers() {
        assertThat(ofSettings(Platform.REDDIT, with(Platform.REDDIT, "kind", "self")))
                .isEmpty();
        assertThat(ofSettings(Platform.REDDIT, with(Platform.REDDIT, "kind", "link")))
                .containsExactly("/settings/url missing");
        assertThat(ofSettings(Platform.SNAPCHAT, Map.of("content_type", "spotlight")))
                .containsExactly("/settings/locale missing");
        assertThat(ofSettings(Platform.SNAPCHAT, Map.of("content_type", "saved_story")))
                .containsExactly("/settings/title missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X             | visibilty                    | unknown
            REDDIT        | title                        | code_points
            YOUTUBE       | title                        | code_points
            PINTEREST     | title                        | code_points
            SNAPCHAT      | title                        | utf16_units
            WORDPRESS     | slug                         | code_points
            DISCORD       | thread_name                  | utf16_units
            DISCORD       | username                     | value
            THREADS       | topic_tag                    | value
            THREADS       | link_attachment              | value
            PINTEREST     | board_id                     | value
            LINKEDIN      | visibility                   | value
            LINKEDIN_PAGE | visibility                   | value
            TELEGRAM      | protect_content              | type
            TELEGRAM      | message_thread_id            | type
            WORDPRESS     | categories                   | type
            INSTAGRAM     | collaborators                | type
            """)
    void aSettingThatCannotBeUsedIsNamed(Platform platform, String name, String rule) {
        assertThat(ofSettings(platform, with(platform, name, "x".repeat(400))))
                .containsExactly("/settings/" + name + " " + rule);
    }

    @Test
    void anUnknownSettingIsRefusedWithTheNameThatWasMeant() {
        assertThat(check(Platform.X, "hello", Map.of("reply_setting", "following")))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.rule()).isEqualTo("x.settings.unknown");
                    assertThat(violation.message())
                            .isEqualTo("X has no setting 'reply_setting'; did you mean 'reply_settings'?");
                });
    }

    @Test
    void someSettingsExcludeEachOther() {
        assertThat(ofSettings(Platform.DISCORD, Map.of("thread_id", "1", "thread_name", "Bells")))
                .containsExactly("/settings/thread_name together");
        assertThat(ofSettings(Platform.WORDPRESS, Map.of("sticky", true, "password", "s")))
                .containsExactly("/settings/password together");
    }

    @Test
    void listsHaveTheirLimits() {
        assertThat(ofSettings(Platform.INSTAGRAM, Map.of("collaborators", List.of("a", "b", "c"))))
                .isEmpty();
        assertThat(ofSettings(Platform.INSTAGRAM, Map.of("collaborators", List.of("a", "b", "c", "d"))))
                .containsExactly("/settings/collaborators count");
        assertThat(ofSettings(
                        Platform.YOUTUBE, with(Platform.YOUTUBE, "tags", List.of("x".repeat(249), "y".repeat(250)))))
                .isEmpty();
        assertThat(ofSettings(
                        Platform.YOUTUBE, with(Platform.YOUTUBE, "tags", List.of("x".repeat(250), "y".repeat(250)))))
                .containsExactly("/settings/tags characters");
        assertThat(ofSettings(Platform.WORDPRESS, Map.of("categories", List.of(1, 2))))
                .isEmpty();
        assertThat(ofSettings(Platform.WORDPRESS, Map.of("categories", List.of(1.5))))
                .containsExactly("/settings/categories type");
    }

    @Test
    void settingsThatAPlatformHasAreTaken() {
        assertThat(check(Platform.X, "hello", Map.of("reply_settings", "following", "made_with_ai", true)))
                .isEmpty();
        assertThat(check(Platform.LINKEDIN, "hello", Map.of("visibility", "CONNECTIONS")))
                .isEmpty();
        assertThat(check(Platform.TELEGRAM, "hello", Map.of("message_thread_id", 7, "protect_content", false)))
                .isEmpty();
        assertThat(check(Platform.THREADS, "hello", Map.of("topic_tag", "bells")))
                .isEmpty();
    }

    @Test
    void theCatalogueHasNoOtherPlatforms() {
        assertThat(EnumSet.allOf(Platform.class).stream()
                        .filter(platform -> RuleBook.of(platform).isEmpty()))
                .containsExactly(Platform.BLUESKY, Platform.SANDBOX);
    }

    private static String links(int count) {
        return String.join(
                " ",
                Stream.iterate(0, i -> i + 1)
                        .limit(count)
                        .map("http://%d.io"::formatted)
                        .toList());
    }

    private static Map<String, Object> with(Platform platform, String name, Object value) {
        var settings = new HashMap<>(SETTINGS.getOrDefault(platform, Map.of()));
        settings.put(name, value);
        return settings;
    }

    private static List<RuleViolation> check(Platform platform, String text) {
        return check(platform, text, SETTINGS.getOrDefault(platform, Map.of()));
    }

    private static List<RuleViolation> check(Platform platform, String text, Map<String, Object> settings) {
        return RuleBook.of(platform).orElseThrow().check(text, settings);
    }

    private static List<RuleViolation> ofText(Platform platform, String text) {
        return check(platform, text).stream()
                .filter(violation -> violation.pointer().equals("/text"))
                .toList();
    }

    /** Each violation as its pointer and the last word of its rule. */
    private static List<String> ofSettings(Platform platform, Map<String, Object> settings) {
        return check(platform, "hello", settings).stream()
                .filter(violation -> !violation.pointer().equals("/media"))
                .map(violation ->
                        violation.pointer() + " " + violation.rule().replace(platform.wireName() + ".settings.", ""))
                .toList();
    }
}
