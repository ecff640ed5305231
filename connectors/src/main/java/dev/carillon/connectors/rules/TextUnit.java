package dev.carillon.connectors.rules;

import java.util.List;
import java.util.function.ToIntFunction;

/** The unit in which a platform counts a text, or the elements that it counts in one. */
enum TextUnit {
    /** Characters as readers see them. */
    GRAPHEMES("graphemes", "characters", Cure.SHORTEN),
    CODE_POINTS("code_points", "characters", Cure.SHORTEN),
    /** UTF-16 code units: most characters are one, emoji and rare characters two. */
    UTF16_UNITS("utf16_units", "UTF-16 units", Cure.SHORTEN),
    UTF8_BYTES("bytes", "bytes in UTF-8", Cure.SHORTEN),
    X_CHARACTERS("weighted_characters", "characters as X counts them", Cure.SHORTEN),
    MASTODON_CHARACTERS("graphemes", "characters as Mastodon counts them", Cure.SHORTEN),
    THREADS_CHARACTERS("weighted_characters", "characters as Threads counts them", Cure.SHORTEN),
    CASHTAGS("cashtags", "cashtags", Cure.LEAVE_OUT),
    HASHTAGS("hashtags", "hashtags", Cure.LEAVE_OUT),
    MENTIONS("mentions", "mentions", Cure.LEAVE_OUT),
    /** Each address once, however often it occurs. */
    LINKS("links", "links", Cure.LEAVE_OUT),
    ANGLE_BRACKETS("angle_brackets", "of the characters < and >", Cure.LEAVE_OUT),
    /**
     * As YouTube counts a video's tags: with the commas between them, and with quotes around tags that contain a space.
     */
    YOUTUBE_TAGS("characters", "characters with commas and quotes", Cure.SHORTEN);

    private enum Cure {
        SHORTEN("Shorten it by %d."),
        LEAVE_OUT("Remove %d.");

        private final String words;

        Cure(String words) {
            this.words = words;
        }
    }

    private final String unit;
    private final String words;
    private final Cure cure;

    TextUnit(String unit, String words, Cure cure) {
        this.unit = unit;
        this.words = words;
        this.cure = cure;
    }

    /** The unit's name on the wire and in rule names. */
    String unit() {
        return unit;
    }

    /** The count over several texts together. */
    int count(List<String> texts) {
        return switch (this) {
            case GRAPHEMES -> sum(texts, Texts::graphemes);
            case CODE_POINTS -> sum(texts, text -> text.codePointCount(0, text.length()));
            case UTF16_UNITS -> sum(texts, String::length);
            case UTF8_BYTES -> sum(texts, Texts::utf8Bytes);
            case X_CHARACTERS -> sum(texts, XText::weight);
            case MASTODON_CHARACTERS -> sum(texts, MastodonText::length);
            case THREADS_CHARACTERS -> sum(texts, ThreadsText::length);
            case CASHTAGS -> sum(texts, XText::cashtags);
            case HASHTAGS -> sum(texts, Tags::hashtags);
            case MENTIONS -> sum(texts, Tags::mentions);
            case LINKS -> Links.different(texts);
            case ANGLE_BRACKETS -> sum(texts, Tags::angleBrackets);
            case YOUTUBE_TAGS -> Tags.ofYouTube(texts);
        };
    }

    /** A message for a count that is too high: what was found, what is allowed, and how to fix it. */
    String tooMuch(String what, PlatformName platform, int most, int actual) {
        return "%s %d %s; %s allows %d. %s"
                .formatted(what, actual, words, platform.written(), most, cure.words.formatted(actual - most));
    }

    private static int sum(List<String> texts, ToIntFunction<String> count) {
        return texts.stream().mapToInt(count).sum();
    }
}
