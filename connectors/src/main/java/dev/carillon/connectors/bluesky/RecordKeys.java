package dev.carillon.connectors.bluesky;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes record keys: 13 characters that sort by time, from 53 bits of microseconds and 10 random bits. Keys ascend
 * within a process, so two posts of the same moment never share a key.
 *
 * @see <a href="https://atproto.com/specs/tid">the specification of TIDs</a>
 */
final class RecordKeys {
    private static final String ALPHABET = "234567abcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 13;
    private static final int BITS_PER_CHARACTER = 5;
    private static final int RANDOM_BITS = 10;
    private static final long TIME_MASK = (1L << 53) - 1;

    private final SecureRandom random = new SecureRandom();
    private final AtomicLong lastMicros = new AtomicLong();

    String next(Instant now) {
        long micros = Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1_000);
        long unique = lastMicros.updateAndGet(last -> Math.max(last + 1, micros));
        return encode((unique & TIME_MASK) << RANDOM_BITS | random.nextInt(1 << RANDOM_BITS));
    }

    private static String encode(long value) {
        var key = new StringBuilder(LENGTH);
        for (int shift = (LENGTH - 1) * BITS_PER_CHARACTER; shift >= 0; shift -= BITS_PER_CHARACTER) {
            key.append(ALPHABET.charAt((int) (value >>> shift) & 31));
        }
        return key.toString();
    }
}
