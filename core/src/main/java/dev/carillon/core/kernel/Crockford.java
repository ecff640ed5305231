package dev.carillon.core.kernel;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** A UUID as 26 lower-case characters of Crockford's base32: sortable, without i, l, o and u. */
final class Crockford {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 26;

    private Crockford() {}

    static String encode(UUID value) {
        var text = new char[LENGTH];
        long high = value.getMostSignificantBits();
        long low = value.getLeastSignificantBits();
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (low & 31));
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return new String(text);
    }

    static Optional<UUID> decode(String text) {
        // 26 characters hold 130 bits, two more than a UUID, so the first character may only use three of its five
        // bits.
        if (text.length() != LENGTH || ALPHABET.indexOf(Character.toLowerCase(text.charAt(0))) > 7) {
            return Optional.empty();
        }
        long high = 0;
        long low = 0;
        for (char letter : text.toLowerCase(Locale.ROOT).toCharArray()) {
            int digit = ALPHABET.indexOf(letter);
            if (digit < 0) {
                return Optional.empty();
            }
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | digit;
        }
        return Optional.of(new UUID(high, low));
    }
}
