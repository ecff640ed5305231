package dev.carillon.connectors.rules;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;

/**
 * How Threads counts a text (Threads API, Posts, 2026): an emoji by its UTF-8 bytes, everything else as one. That
 * letters beyond Latin scripts also count as one is an assumption; it is not documented.
 */
final class ThreadsText {
    private static final int KEYCAP = 0x20E3;

    private ThreadsText() {}

    static int length(String text) {
        return Texts.sumOfGraphemes(text, (from, to) -> countOf(text.substring(from, to)));
    }

    private static int countOf(String character) {
        return isEmoji(character) ? Texts.utf8Bytes(character) : 1;
    }

    private static boolean isEmoji(String character) {
        return character
                .codePoints()
                .anyMatch(codePoint -> codePoint == KEYCAP
                        || UCharacter.hasBinaryProperty(codePoint, UProperty.EXTENDED_PICTOGRAPHIC)
                        || UCharacter.hasBinaryProperty(codePoint, UProperty.REGIONAL_INDICATOR));
    }
}
