package dev.carillon.connectors.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.twitter.twittertext.Extractor;
import com.twitter.twittertext.TwitterTextParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextUnitTest {
    private static final String FAMILY = "👨‍👩‍👧‍👦";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hello                                          | 5
            Grüße                                          | 5
            Ελληνικά                                       | 8
            Привет                                         | 6
            שלום                                           | 4
            “quoted” – dash                                | 15
            こんにちは                                       | 10
            한국어                                           | 6
            😀                                             | 2
            👍🏽                                            | 2
            👨‍👩‍👧‍👦                                             | 2
            ❤️‍🔥                                            | 2
            🏴󠁧󠁢󠁳󠁣󠁴󠁿                                             | 2
            🇨🇭🇯🇵                                           | 4
            1️⃣#️⃣                                           | 4
            © 2026                                         | 6
            #release @carillon                             | 18
            https://carillon.dev                           | 23
            https://carillon.dev/a/very/long/path/that/goes/on?and=on#too | 23
            carillon.dev                                   | 23
            see carillon.dev.                              | 28
            (https://carillon.dev)                         | 25
            日本語https://carillon.dev                      | 29
            release.zipped                                 | 14
            me@carillon.dev                                | 15
            a https://carillon.dev and b.com               | 53
            """)
    void xCountsAlphabetsOnceOthersAndEmojiTwiceAndAddressesAlike(String text, int weight) {
        assertThat(TextUnit.X_CHARACTERS.count(List.of(text))).isEqualTo(weight);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://carillon.dev",
                "HTTPS://CARILLON.DEV/A",
                "see carillon.dev.",
                "carillon.dev.Then more",
                "(https://carillon.dev)",
                "日本語https://carillon.dev日本語",
                "release.zipped",
                "me@carillon.dev",
                "me.you@carillon.dev",
                "@carillon.dev #carillon.dev $carillon.dev",
                "a https://carillon.dev and b.com",
                "http://sub-domain.carillon.co.uk:8080/a/b?c=d&e=f#g",
                "https://en.wikipedia.org/wiki/Bell_(instrument).",
                "https://en.wikipedia.org/wiki/A_(B_(C)) d",
                "https://a.io/(unclosed",
                "https://a.io/?q=what?!",
                "https://a.io/a,b;c!",
                "https://a.io?",
                "http://例え.jp/日本",
                "http://пример.рф/путь",
                "http://münchen.de/straße",
                "a..dev b.-dev -a.dev",
                "my_site.dev sub_domain.site.dev",
                "1.2.3.4 http://1.2.3.4/",
                "no.address at.all.here i.e. e.g.",
                "https://t.co/abc https://t.co",
                "co.uk t.co/x",
                "http://a.io,http://b.io",
                "http://xn--mnchen-3ya.de xn--80ak6aa92e.com",
                "....a.io",
                "www.carillon.dev:80 and a.io:x",
                "buy $TWTR, “quoted” – dash … 字",
                "👍🏽 👨‍👩‍👧‍👦 🇨🇭 1️⃣ © ™ ❤️ 🏴󠁧󠁢󠁳󠁣󠁴󠁿"
            })
    void xWeighsATextAsItsOwnLibraryDoes(String text) {
        assertThat(XText.weight(text)).isEqualTo(TwitterTextParser.parseTweet(text).weightedLength);
    }

    @Test
    void xComposesLettersBeforeItWeighsThem() {
        assertThat(XText.weight("e\u0301")).isEqualTo(1);
        assertThat(XText.weight("x\u0301")).isEqualTo(2);
        assertThat(XText.weight("😀" + "\u0301".repeat(10))).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            buy $TWTR              | 1
            $A, $B and $C          | 3
            it costs $5 or 5$      | 0
            no$A                   | 0
            """)
    void xFindsCashtagsAsItsOwnLibraryDoes(String text, int cashtags) {
        assertThat(XText.cashtags(text)).isEqualTo(cashtags);
        assertThat(new Extractor().extractCashtags(text)).hasSize(cashtags);
    }

    // Otherwise a single request could keep the process busy for minutes or overflow its thread's stack.
    @ParameterizedTest
    @CsvSource({
        "-a",
        "a.",
        "http://",
        "a.co/(",
        "(a)",
        "$A ",
        "@a",
        "😀",
        "https://a.co/(b)(c)",
        "a-",
        "é.",
        "a.co/a",
        "http://字.",
        "a.co ",
        "/(a"
    })
    @Timeout(60)
    void aTextOfTheLongestKindIsCountedInEveryUnit(String part) {
        var text = part.repeat(100_000 / part.length());
        for (var unit : TextUnit.values()) {
            assertThat(unit.count(List.of(text))).as(unit + " of " + part).isNotNegative();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hello                                             | 5
            e\u0301\u0302                                     | 1
            👨‍👩‍👧‍👦                                                | 1
            https://carillon.dev/a/very/long/path/that/goes/on | 23
            see http://a.io, and (https://b.io)!              | 59
            carillon.dev                                      | 12
            @ada@mastodon.social                              | 4
            hello @ada@mastodon.social!                       | 11
            @ada                                              | 4
            ada@mastodon.social                               | 19
            """)
    void mastodonCountsLinksAlikeAndOfPeopleElsewhereOnlyTheName(String text, int length) {
        assertThat(TextUnit.MASTODON_CHARACTERS.count(List.of(text))).isEqualTo(length);
    }

    @Test
    void threadsCountsAnEmojiByItsBytes() {
        assertThat(ThreadsText.length("Grüße, こんにちは")).isEqualTo(12);
        assertThat(ThreadsText.length("😀")).isEqualTo(4);
        assertThat(ThreadsText.length(FAMILY)).isEqualTo(25);
        assertThat(ThreadsText.length("🇨🇭")).isEqualTo(8);
        assertThat(ThreadsText.length("1️⃣")).isEqualTo(7);
    }

    @Test
    void theSameLinkIsOneLink() {
        assertThat(Links.different(List.of("http://a.io http://b.io. http://a.io", "http://b.io")))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://a.io/b).      | http://a.io/b
            http://a.io/(b)      | http://a.io/(b)
            http://a.io/(b)).    | http://a.io/(b)
            http://a.io/?!       | http://a.io/
            http://a.io/[b]}     | http://a.io/[b]
            """)
    void aLinkEndsBeforeThePunctuationOfItsSentence(String written, String link) {
        assertThat(Links.trimmed(written)).isEqualTo(link);
    }

    @Test
    void tagsMentionsAndBracketsAreCountedWhereTheyAreSuch() {
        assertThat(Tags.hashtags("#one #two, a#b &#39; http://a.io/#c ＃three")).isEqualTo(3);
        assertThat(Tags.mentions("@one, @two me@three.io http://a.io/@four")).isEqualTo(2);
        assertThat(Tags.ofYouTube(List.of("one", "two words"))).isEqualTo(3 + 1 + 9 + 2);
        assertThat(Tags.ofYouTube(List.of())).isZero();
        assertThat(TextUnit.ANGLE_BRACKETS.count(List.of("a <b> c"))).isEqualTo(2);
    }
}
