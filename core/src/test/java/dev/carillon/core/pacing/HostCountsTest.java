package dev.carillon.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HostCountsTest {
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private final HostCounts counts = new HostCounts(5, Duration.ofMinutes(1));

    @Test
    void theFifthFailureWithinAMinuteIsOneTooMany() {
        for (int i = 0; i < 4; i++) {
            assertThat(counts.isDownAfter(true, NOON.plusSeconds(10L * i))).isFalse();
        }

        assertThat(counts.isDownAfter(true, NOON.plusSeconds(40))).isTrue();
        assertThat(counts.isDownAfter(true, NOON.plusSeconds(41)))
                .as("the count starts again")
                .isFalse();
    }

    @Test
    void failuresThatAreFarBetweenMeanNothing() {
        for (int i = 0; i < 100; i++) {
            assertThat(counts.isDownAfter(true, NOON.plusSeconds(20L * i))).isFalse();
        }
    }

    @Test
    void aHostThatMostlyAnswersIsNotDown() {
        for (int i = 0; i < 50; i++) {
            counts.isDownAfter(false, NOON);
        }
        for (int i = 0; i < 49; i++) {
            assertThat(counts.isDownAfter(true, NOON)).isFalse();
        }

        assertThat(counts.isDownAfter(true, NOON)).isTrue();
    }

    @Test
    void aClockThatWasSetBackDoesNotKeepOldFailures() {
        for (int i = 0; i < 4; i++) {
            counts.isDownAfter(true, NOON.plusSeconds(3600));
        }

        assertThat(counts.isDownAfter(true, NOON)).isFalse();
    }
}
