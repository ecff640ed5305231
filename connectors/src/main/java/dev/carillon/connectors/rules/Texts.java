package dev.carillon.connectors.rules;

import com.ibm.icu.text.BreakIterator;
import java.util.Locale;
import java.util.function.IntBinaryOperator;

/** The length of a text in the units of different platforms. */
public final class Texts {
    private Texts() {}

    /** Characters as a reader sees them: extended grapheme clusters of the newest Unicode, so a family emoji is one. */
    public static int graphemes(String text) {
        return sumOfGraphemes(text, (from, to) -> 1);
    }

    /** Sums a count over the grapheme clusters; each cluster is given as its start and end in the text. */
    static int sumOfGraphemes(String text, IntBinaryOperator count) {
        var boundaries = BreakIterator.getCharacterInstance(Locale.ROOT);
        boundaries.setText(text);
        int sum = 0;
        int from = boundaries.first();
        for (int to = boundaries.next(); to != BreakIterator.DONE; to = boundaries.next()) {
            sum += count.applyAsInt(from, to);
            from = to;
        }
        return sum;
    }

    public static int utf8Bytes(String text) {
        return utf8Bytes(text, 0, text.length());
    }

    /** Bytes of a part of the text, without copying it. The part must not cut a surrogate pair. */
    public static int utf8Bytes(String text, int from, int to) {
        return (int) text.substring(from, to)
                .codePoints()
                .mapToLong(Texts::utf8Bytes)
                .sum();
    }

    private static int utf8Bytes(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }

    /** Whether every surrogate has its other half; a lone surrogate cannot be sent as UTF-8. */
    public static boolean isWellFormed(String text) {
        return text.codePoints()
                .noneMatch(codePoint -> codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }
}
