package dev.carillon.core.post;

import dev.carillon.core.kernel.ErrorCode;

/**
 * Words to look for in what posts say: all of them, in any order, without regard to case and accents; the last one may be the beginning of a
 * word. What somebody looks for is nobody's business in a log either.
 */
public record SearchWords(String text) {
    private static final int LONGEST = 200;

    /** Refuses what holds no word, or is longer than anybody types. */
    public SearchWords {
        int length = text.codePointCount(0, text.length());
        if (length > LONGEST) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    "search", "search has %d characters; it takes %d at most.".formatted(length, LONGEST));
        }
        if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    "search", "search holds no word; name at least one letter or digit, or leave it out.");
        }
    }

    @Override
    public String toString() {
        return "SearchWords[%d characters]".formatted(text.length());
    }
}
