package dev.carillon.api.input;

import dev.carillon.core.kernel.Names;
import java.util.Collection;
import java.util.Optional;

/** Repeats the caller's input in error messages: shortened, and without characters that could break a log line. */
public final class SafeQuote {
    private static final int LONGEST = 64;

    private SafeQuote() {}

    public static String of(String text) {
        var shown = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(character -> Character.isISOControl(character) || isHalf(character) ? '?' : character)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    private static boolean isHalf(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    /** A sentence with the name that was probably meant. */
    public static Optional<String> guess(String text, Collection<String> known) {
        return Names.nearest(text, known).map("Did you mean %s?"::formatted);
    }
}
