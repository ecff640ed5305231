package dev.carillon.connectors.rules;

import com.ibm.icu.text.BreakIterator;
import java.util.Locale;
import java.util.function.IntBinaryOperator;

/** How long a text is, in the units of different platforms. */
public final class Texts {
    private Texts() {}

    /** Characters as a reader sees them: extended grapheme clusters of the newest Unicode, so that a family emoji is one. */
    public static int graphemes(String text) {
        return sumOfGraphemes(text, (from, to) -> 1);
    }

    /** The sum of what each of these characters counts, which stands between two places of the text. */
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

    /** Of a part, without copying it. The part must not cut a surrogate pair. */
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

    /** Whether each half of a surrogate pair has its other half; a lone one cannot be sent as UTF-8. */
    public static boolean isWellFormed(String text) {
        return text.codePoints()
                .noneMatch(codePoint -> codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }
}
