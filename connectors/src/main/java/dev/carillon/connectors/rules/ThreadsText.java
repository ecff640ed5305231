package dev.carillon.connectors.rules;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;

/**
 * How Threads counts a text (Threads API, Posts, 2026): an emoji by its bytes in UTF-8, anything else as one. That letters of scripts
 * beyond Latin count as one as well is not documented, and assumed.
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
