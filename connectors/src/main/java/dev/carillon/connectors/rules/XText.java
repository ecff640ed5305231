package dev.carillon.connectors.rules;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * How X counts a text (twitter-text, configuration 3): normalised to NFC, code points of most alphabets as 1 and all
 * others as 2, an emoji as 2 however many code points it has, and an address as 23, with or without a scheme.
 */
final class XText {
    private static final int ADDRESS = 23;

    /** Excludes {@code $5} and anything in the middle of a word. */
    private static final Pattern CASHTAG = Pattern.compile(
            "(?<=^|[\\s\\p{Z}\\u0085\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069])\\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?=$|\\s|\\p{Punct})");

    private static final Pattern EMOJI = Pattern.compile("""
            [0-9\\#*]\\uFE0F?\\u20E3
            |[\\x{1F1E6}-\\x{1F1FF}]{2}
            |(?![©®])\\p{IsExtended_Pictographic}(?:\\uFE0F|\\p{IsEmoji_Modifier}|[\\x{E0020}-\\x{E007F}]{2,7})?
             (?:\\u200D\\p{IsExtended_Pictographic}(?:\\uFE0F|\\p{IsEmoji_Modifier})?){0,4}
            """, Pattern.COMMENTS);

    private XText() {}

    static int weight(String text) {
        var composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        int weight = 0;
        int at = 0;
        for (var address : XAddresses.in(composed)) {
            weight += weightOfWords(composed.substring(at, address.from())) + ADDRESS;
            at = address.to();
        }
        return weight + weightOfWords(composed.substring(at));
    }

    static int cashtags(String text) {
        return Math.toIntExact(CASHTAG.matcher(text).results().count());
    }

    private static int weightOfWords(String text) {
        var emoji = EMOJI.matcher(text);
        int weight = 0;
        int at = 0;
        while (emoji.find()) {
            weight += weightOfLetters(text.substring(at, emoji.start())) + 2;
            at = emoji.end();
        }
        return weight + weightOfLetters(text.substring(at));
    }

    private static int weightOfLetters(String text) {
        return text.codePoints().map(letter -> isLight(letter) ? 1 : 2).sum();
    }

    private static boolean isLight(int codePoint) {
        return codePoint <= 4351
                || within(codePoint, 8192, 8205)
                || within(codePoint, 8208, 8223)
                || within(codePoint, 8242, 8247);
    }

    private static boolean within(int codePoint, int first, int last) {
        return codePoint >= first && codePoint <= last;
    }
}
