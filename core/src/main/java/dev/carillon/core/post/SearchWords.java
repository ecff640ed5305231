package dev.carillon.core.post;

import dev.carillon.core.kernel.ErrorCode;

/**
 * Words to search for in posts: all of them, in any order, ignoring case and accents; the last word may be a prefix.
 * {@code toString} shows only the length, because search words do not belong in logs.
 */
public record SearchWords(String text) {
    private static final int LONGEST = 200;

    /** Refuses text without a letter or digit, and text longer than 200 characters, which is more than people type. */
    public SearchWords {
        int length = text.codePointCount(0, text.length());
        if (length > LONGEST) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    "search", "`search` has %d characters; the maximum is %d.".formatted(length, LONGEST));
        }
        if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    "search", "`search` contains no word; send at least one letter or digit, or leave it out.");
        }
    }

    @Override
    public String toString() {
        return "SearchWords[%d characters]".formatted(text.length());
    }
}
