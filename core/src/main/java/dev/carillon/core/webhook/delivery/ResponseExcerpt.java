package dev.carillon.core.webhook.delivery;

import dev.carillon.core.net.OutboundReply.Answered;
import java.nio.charset.StandardCharsets;

/** The part of a receiver's answer that is stored. */
final class ResponseExcerpt {
    private static final int CONTINUED = 0b1000_0000;
    private static final int CONTINUED_MASK = 0b1100_0000;
    private static final int LONGEST_CHARACTER = 4;

    private ResponseExcerpt() {}

    /**
     * The beginning of the answer as text, cut between two characters. NUL, the one character that PostgreSQL cannot
     * store, is replaced.
     */
    static String of(Answered answer, int mostBytes) {
        var bytes = answer.body().toArray();
        int length = Math.min(bytes.length, mostBytes);
        if (answer.truncated() || length < bytes.length) {
            length = beforeCutCharacter(bytes, length);
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    /** The length of the text without an incomplete last character. */
    private static int beforeCutCharacter(byte[] bytes, int length) {
        int first = length - 1;
        while (first > 0 && length - first < LONGEST_CHARACTER && (bytes[first] & CONTINUED_MASK) == CONTINUED) {
            first--;
        }
        return first >= 0 && first + bytesFrom(bytes[first]) > length ? first : length;
    }

    /** How many bytes a character has that starts with this one. */
    private static int bytesFrom(byte first) {
        int leadingOnes = Integer.numberOfLeadingZeros(~(first << (Integer.SIZE - Byte.SIZE)));
        return Math.max(1, leadingOnes);
    }
}
