package dev.carillon.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogue of error codes, and what the documents say about it. */
class ErrorMeaningTest {
    private static final Path DOCUMENTS = Path.of("..", "docs");
    private static final Path TABLE = DOCUMENTS.resolve("errors.md");
    private static final String BEGIN = "<!-- The table is written by ErrorMeaningTest. -->\n";

    private static final String HEAD = """

            | Code | Status | Meaning | Usual cause | Fix | Applies to | Retryable | Auto-fixable |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    /** A status followed by a code, as in: 409 `duplicate_content`. */
    private static final Pattern STATUS_AND_CODE = Pattern.compile("\\b([45]\\d\\d) `([a-z]+(?:_[a-z]+)+)`");

    /** The other ways in which the documents mention a code. */
    private static final List<Pattern> CODES = List.of(
            Pattern.compile("carillon\\.dev/errors/([a-z_]+)"),
            Pattern.compile("(?:refused with|[Cc]ode|[Ee]rror) (?:`|\\{@code )([a-z]+(?:_[a-z]+)+)[`}]"));

    @Test
    void everyCodeSaysSomethingOfItsOwn() {
        everySaysItsOwn("title", ErrorCode::title);
        everySaysItsOwn("meaning", code -> ErrorMeaning.of(code).meaning());
        everySaysItsOwn("cause", code -> ErrorMeaning.of(code).cause());
        everySaysSomething("fix", ErrorCode::suggestedAction);
    }

    @Test
    void whatIsSaidIsSentences() {
        for (var code : ErrorCode.values()) {
            var meaning = ErrorMeaning.of(code);
            assertThat(Stream.of(code.suggestedAction(), meaning.meaning(), meaning.cause()))
                    .as(code.wireName())
                    .allSatisfy(text -> assertThat(text).endsWith(".").doesNotContain("  ", "|"));
            assertThat(code.title()).doesNotEndWith(".");
        }
    }

    @Test
    void aCodeIsFoundByItsNameAndHasAStatusOfItsKind() {
        for (var code : ErrorCode.values()) {
            assertThat(ErrorCode.named(code.wireName())).isEqualTo(code);
            assertThat(code.status()).as(code.wireName()).isBetween(400, 599);
            if (code.status() == 503 || code.status() == 429) {
                assertThat(code.retryable() || code == ErrorCode.RETRIES_EXHAUSTED)
                        .as(code.wireName())
                        .isTrue();
            }
        }
    }

    /** With {@code -Dcarillon.documents.write=true}, the test writes the table first. */
    @Test
    void theDocumentListsWhatTheCatalogueHolds() throws IOException {
        var text = Files.readString(TABLE);
        var begin = text.indexOf(BEGIN) + BEGIN.length();
        var wanted = text.substring(0, begin) + table();

        if (Boolean.getBoolean("carillon.documents.write")) {
            Files.writeString(TABLE, wanted);
        }

        assertThat(Files.readString(TABLE)).isEqualTo(wanted);
    }

    @Test
    void everyCodeThatADocumentNamesExistsAndHasThatStatus() throws IOException {
        var known = Arrays.stream(ErrorCode.values()).map(ErrorCode::wireName).collect(Collectors.toSet());
        var named = 0;
        for (var document : documents()) {
            var text = Files.readString(document);
            for (var match : matches(STATUS_AND_CODE, text)) {
                assertThat(known).as(document.toString()).contains(match.group(2));
                assertThat(ErrorCode.named(match.group(2)).status())
                        .as("%s: %s", document, match.group())
                        .isEqualTo(Integer.parseInt(match.group(1)));
                named++;
            }
            for (var pattern : CODES) {
                for (var match : matches(pattern, text)) {
                    assertThat(known).as(document.toString()).contains(match.group(1));
                    named++;
                }
            }
        }
        assertThat(named).as("codes that the documents mention").isGreaterThan(3);
    }

    private static void everySaysSomething(String what, Function<ErrorCode, String> text) {
        assertThat(ErrorCode.values()).as(what).allSatisfy(code -> assertThat(text.apply(code))
                .isNotBlank());
    }

    private static void everySaysItsOwn(String what, Function<ErrorCode, String> text) {
        everySaysSomething(what, text);
        assertThat(Arrays.stream(ErrorCode.values()).map(text)).as(what).doesNotHaveDuplicates();
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    private static List<Path> documents() throws IOException {
        try (var below = Files.walk(DOCUMENTS)) {
            return Stream.concat(
                            Stream.of("README.md", "CHANGELOG.md").map(name -> Path.of("..", name)),
                            below.filter(path -> path.toString().endsWith(".md")))
                    .toList();
        }
    }

    private static String table() {
        return HEAD
                + Arrays.stream(ErrorCode.values()).map(ErrorMeaningTest::row).collect(Collectors.joining());
    }

    private static String row(ErrorCode code) {
        var meaning = ErrorMeaning.of(code);
        return "| `%s` | %d | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        code.wireName(),
                        code.status(),
                        meaning.meaning(),
                        meaning.cause(),
                        code.suggestedAction(),
                        meaning.appliesTo().name().toLowerCase(Locale.ROOT),
                        code.retryable() ? "yes" : "no",
                        code.autoFixable() ? "yes" : "no");
    }
}
