package dev.carillon.connectors.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordKeysTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

    private final RecordKeys keys = new RecordKeys();

    @Test
    void aKeyHasTheFormOfTheSpecification() {
        assertThat(keys.next(NOON)).matches("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}");
    }

    @Test
    void itTellsItsTimeInMicroseconds() {
        assertThat(keys.next(NOON).substring(0, 11)).isEqualTo(encoded(NOON));
    }

    /** With one key, two posts would be one: the second would silently overwrite the first. */
    @Test
    void keysOfOneMomentDifferAndAscend() {
        var made = new ArrayList<String>();
        IntStream.range(0, 10_000).forEach(i -> made.add(keys.next(NOON)));

        assertThat(made).doesNotHaveDuplicates().isSorted();
    }

    private static String encoded(Instant moment) {
        long micros = moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1_000;
        var digits = new StringBuilder();
        for (int i = 0; i < 11; i++) {
            digits.insert(0, "234567abcdefghijklmnopqrstuvwxyz".charAt((int) (micros % 32)));
            micros /= 32;
        }
        return digits.toString();
    }
}
