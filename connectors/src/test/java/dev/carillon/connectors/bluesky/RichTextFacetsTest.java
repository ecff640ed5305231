package dev.carillon.connectors.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RichTextFacetsTest {
    /** Each expected facet is written as the text of its bytes and the value that it refers to. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\u0001',
            value = {
                "see https://carillon.dev/docs now => https://carillon.dev/docs = https://carillon.dev/docs",
                "HTTP://Example.com/Path => HTTP://Example.com/Path = HTTP://Example.com/Path",
                "see https://carillon.dev. => https://carillon.dev = https://carillon.dev",
                "really https://carillon.dev?! => https://carillon.dev = https://carillon.dev",
                "(https://carillon.dev) => https://carillon.dev = https://carillon.dev",
                "(see https://en.org/wiki/Bell_(instrument)) => https://en.org/wiki/Bell_(instrument) = https://en.org/wiki/Bell_(instrument)",
                "https://a.dev/?q=1&r=#top, => https://a.dev/?q=1&r=#top = https://a.dev/?q=1&r=#top",
                "“https://carillon.dev” => https://carillon.dev = https://carillon.dev",
                "见https://carillon.dev。谢谢 => https://carillon.dev = https://carillon.dev",
                "☀️👩‍🚀 https://carillon.dev/é => https://carillon.dev/é = https://carillon.dev/é",
                "שלום https://carillon.dev עולם => https://carillon.dev = https://carillon.dev",
                "e\u0301 carillon.dev => carillon.dev = https://carillon.dev",
                "carillon.dev/docs?x=1, and more => carillon.dev/docs?x=1 = https://carillon.dev/docs?x=1",
                "my-site.co.uk:8080/x => my-site.co.uk:8080/x = https://my-site.co.uk:8080/x",
                "read Readme.txt or v1.2.3 or node.js => ''",
                "wait...what and 3.5 and e.g. that => ''",
                "write to alice.b@example.com please => ''",
                "me@example.com => ''",
                "https:// and http://. => ''",
                "https://[ ok => https://[ = https://[",
                "hi @alice.test! => @alice.test = did:alice.test",
                "hi (@Alice.Test) => @Alice.Test = did:alice.test",
                "hi @alice.test.  => @alice.test = did:alice.test",
                "hi @alice and @ and @-x.test and a@alice.test => ''",
                "hi @nobody.test => ''",
                "👋🏽@alice.test => ''",
                "👋🏽 @alice.test => @alice.test = did:alice.test",
                "#bells => #bells = bells",
                "so #bells, #Glöckchen! => #bells = bells | #Glöckchen = Glöckchen",
                "＃鐘 => ＃鐘 = 鐘",
                "#鐘の音。 => #鐘の音 = 鐘の音",
                "#🔔 => #🔔 = 🔔",
                "#אבג x => #אבג = אבג",
                "#4u #123 #1.2 # #! #️⃣ => #4u = 4u",
                "a#bells (#bells => ''",
                "https://carillon.dev/#bells => https://carillon.dev/#bells = https://carillon.dev/#bells",
                "#see.https://carillon.dev => #see.https://carillon.dev = see.https://carillon.dev",
                "@alice.test/carillon.dev => @alice.test = did:alice.test",
            })
    void whatStandsOutIsFoundWithItsBytes(String text, String expected) {
        var found = RichTextFacets.of(text, RichTextFacetsTest::resolve).stream()
                .map(facet -> bytes(text, facet) + " = " + target(facet))
                .toList();

        assertThat(String.join(" | ", found)).isEqualTo(expected.equals("''") ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource({"64, true", "65, false"})
    void aHashtagHasAtMost64Characters(int length, boolean tagged) {
        assertThat(RichTextFacets.of("#" + "é".repeat(length), RichTextFacetsTest::resolve)
                        .isEmpty())
                .isEqualTo(!tagged);
    }

    /** An offset that is wrong by one byte cuts an emoji in half, and clients then show none of the post's links. */
    @Property(tries = 500)
    void facetsLieInOrderOnBoundariesOfCharactersAndNeverOverlap(@ForAll("texts") String text) {
        int end = 0;
        for (var facet : RichTextFacets.of(text, RichTextFacetsTest::resolve)) {
            assertThat(facet.index().byteStart()).isGreaterThanOrEqualTo(end);
            assertThat(facet.index().byteEnd()).isGreaterThan(facet.index().byteStart());
            assertThat(text).contains(bytes(text, facet));
            assertThat(bytes(text, facet)).doesNotContain("\uFFFD");
            end = facet.index().byteEnd();
        }
        assertThat(end).isLessThanOrEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Provide
    Arbitrary<String> texts() {
        var pieces = Arbitraries.of(
                "https://carillon.dev/x",
                "carillon.dev",
                "@alice.test",
                "@nobody.test",
                "#bells",
                "＃鐘",
                "#",
                "@",
                "https://",
                "(",
                ")",
                ".",
                "。",
                "!",
                " ",
                " ",
                "\n",
                "\u3000",
                "👨‍👩‍👧‍👦",
                "🇨🇭",
                "e\u0301",
                "नि",
                "שלום",
                "مرحبا",
                "漢字",
                "\u200B",
                "\u00AD",
                "x",
                "7",
                "\uFE0F");
        return pieces.list().ofMaxSize(25).map(list -> String.join("", list));
    }

    private static Optional<String> resolve(String handle) {
        return handle.equalsIgnoreCase("alice.test") ? Optional.of("did:alice.test") : Optional.empty();
    }

    private static String bytes(String text, Facet facet) {
        var all = text.getBytes(StandardCharsets.UTF_8);
        var part =
                Arrays.copyOfRange(all, facet.index().byteStart(), facet.index().byteEnd());
        return new String(part, StandardCharsets.UTF_8);
    }

    private static String target(Facet facet) {
        var feature = facet.features().getFirst();
        return List.of(
                        Optional.ofNullable(feature.uri()),
                        Optional.ofNullable(feature.did()),
                        Optional.ofNullable(feature.tag()))
                .stream()
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }
}
