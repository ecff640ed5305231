package dev.carillon.connectors.bluesky;

import static java.util.regex.Pattern.UNICODE_CHARACTER_CLASS;

import dev.carillon.connectors.rules.Links;
import dev.carillon.connectors.rules.Texts;
import dev.carillon.connectors.rules.TopLevelDomains;
import java.util.Comparator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds links, mentions and hashtags in a text as Bluesky's own client does; the network itself finds nothing. Unlike
 * that client, it also accepts a full URL that touches letters of scripts written without spaces.
 */
final class TextEntityFinder {
    /** Where an entity may start. */
    private static final String OPENING = "(?<=^|[\\s(\\[{\"'“‘«])";

    private static final Pattern BARE_DOMAIN = pattern(OPENING
            + "(?<host>[A-Za-z0-9-]++(?:\\.[A-Za-z0-9-]++)++)(?![\\p{L}\\p{N}@_])(?<rest>(?::[0-9]{1,5})?(?:[/?#]"
            + Links.IN_URL
            + "*)?)");
    private static final Pattern MENTION = pattern("(?<=^|[\\s(])@(?<handle>[A-Za-z0-9.-]+)");
    private static final Pattern TAG = pattern("(?<=^|\\s)[#＃](?<tag>[^\\s\\u00AD\\u200A-\\u200D\\u2060\\u20E2]+)");

    private static final Pattern HANDLE =
            pattern("(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Pattern PUNCTUATION_AT_END = Pattern.compile("\\p{P}+$");
    private static final Pattern ONLY_NUMBERS_AND_SIGNS = pattern("[\\d\\p{P}]*");
    private static final char EMOJI_VARIATION = '\uFE0F';
    private static final int LONGEST_HANDLE = 253;

    private TextEntityFinder() {}

    /** In the order of the text; entities may overlap. */
    static Stream<TextEntity> in(String text) {
        var links = Stream.concat(
                Links.in(text).map(found -> link(found.from(), found.url(), "")),
                BARE_DOMAIN.matcher(text).results().flatMap(TextEntityFinder::bareLink));
        var mentions = MENTION.matcher(text).results().flatMap(TextEntityFinder::mention);
        var tags = TAG.matcher(text).results().flatMap(TextEntityFinder::tag);
        return Stream.of(links, mentions, tags)
                .flatMap(found -> found)
                .sorted(Comparator.comparingInt(TextEntity::from));
    }

    private static TextEntity link(int from, String shown, String scheme) {
        return new TextEntity.Link(from, from + shown.length(), scheme + shown);
    }

    private static Stream<TextEntity> bareLink(MatchResult found) {
        if (!TopLevelDomains.CURRENT.endsIn(found.group("host"))) {
            return Stream.empty();
        }
        return Stream.of(link(found.start(), Links.trimmed(found.group()), "https://"));
    }

    private static Stream<TextEntity> mention(MatchResult found) {
        var handle = PUNCTUATION_AT_END.matcher(found.group("handle")).replaceFirst("");
        if (handle.length() > LONGEST_HANDLE || !HANDLE.matcher(handle).matches()) {
            return Stream.empty();
        }
        return Stream.of(new TextEntity.Mention(found.start(), found.start() + 1 + handle.length(), handle));
    }

    private static Stream<TextEntity> tag(MatchResult found) {
        var tag = PUNCTUATION_AT_END.matcher(found.group("tag")).replaceFirst("");
        boolean tagged = !ONLY_NUMBERS_AND_SIGNS.matcher(tag).matches()
                && tag.charAt(0) != EMOJI_VARIATION // the keycap emoji #️⃣
                && Texts.graphemes(tag) <= BlueskyLimits.CURRENT.tagGraphemes()
                && Texts.utf8Bytes(tag) <= BlueskyLimits.CURRENT.tagBytes();
        return tagged
                ? Stream.of(new TextEntity.Tag(found.start(), found.start() + 1 + tag.length(), tag))
                : Stream.empty();
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, UNICODE_CHARACTER_CLASS);
    }
}
