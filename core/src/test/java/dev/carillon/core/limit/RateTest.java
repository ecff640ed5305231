package dev.carillon.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateTest {
    private static final Rate THIRTY_A_MINUTE = Rate.perMinute(30);

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final LocalBuckets buckets = new LocalBuckets(now::get);

    @Test
    void aRateLiesWithinAnotherOnlyIfItAllowsNeitherMoreAtOnceNorMoreInTheLongRun() {
        assertThat(THIRTY_A_MINUTE.isWithin(THIRTY_A_MINUTE)).isTrue();
        assertThat(new Rate(30, Duration.ofMinutes(2)).isWithin(THIRTY_A_MINUTE))
                .isTrue();
        assertThat(new Rate(60, Duration.ofMinutes(2)).isWithin(THIRTY_A_MINUTE))
                .as("allows more at once")
                .isFalse();
        assertThat(new Rate(1, Duration.ofSeconds(1)).isWithin(THIRTY_A_MINUTE))
                .as("allows 60 in a minute")
                .isFalse();
        assertThat(new Rate(Rate.MOST_REQUESTS, Rate.LONGEST).isWithin(new Rate(Rate.MOST_REQUESTS, Rate.LONGEST)))
                .isTrue();
    }

    @Test
    void noRateIsWithoutRequestsOrOverNoTime() {
        assertThatThrownBy(() -> Rate.perMinute(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate(1, Duration.ofMillis(1_500))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate(1, Duration.ofDays(2))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBucketIsEmptyAfterAsManyRequestsAndComesBackInPortions() {
        for (int request = 1; request <= 30; request++) {
            assertThat(take(THIRTY_A_MINUTE).passed()).isTrue();
            now.addAndGet(300);
        }

        var refused = take(THIRTY_A_MINUTE);

        assertThat(refused.refusedBy()).hasValueSatisfying(standing -> {
            assertThat(standing.moreIn()).isEqualTo(Duration.ofSeconds(1));
            assertThat(standing.moreInSeconds()).isEqualTo(1);
        });
        now.addAndGet(999);
        assertThat(take(THIRTY_A_MINUTE).passed()).isFalse();
        now.addAndGet(1);
        assertThat(take(THIRTY_A_MINUTE).standings())
                .singleElement()
                .satisfies(standing -> assertThat(standing.remaining()).isEqualTo(4));
        now.addAndGet(60_000);
        assertThat(take(THIRTY_A_MINUTE).standings())
                .singleElement()
                .satisfies(standing -> assertThat(standing.remaining()).isEqualTo(29));
    }

    @Test
    void whereAPortionIsLessThanARequestTheWaitIsForSeveralOfThem() {
        var twice = new Rate(2, Duration.ofHours(1));
        take(twice);
        take(twice);

        assertThat(take(twice).refusedBy().orElseThrow().moreInSeconds()).isEqualTo(1_800);
        now.addAndGet(Duration.ofMinutes(30).toMillis());
        assertThat(take(twice).passed()).isTrue();
        assertThat(take(twice).refusedBy().orElseThrow().moreInSeconds()).isEqualTo(1_800);
    }

    @Test
    void aLookTakesNothing() {
        var once = new Rate(1, Duration.ofMinutes(1));

        assertThat(buckets.hasRoom("caller", new Limit("some", once))).isTrue();
        assertThat(take(once).passed()).isTrue();
        assertThat(buckets.hasRoom("caller", new Limit("some", once))).isFalse();
        assertThat(buckets.hasRoom("another", new Limit("some", once))).isTrue();
    }

    private RateLimitDecision take(Rate rate) {
        return buckets.take("caller", limits(rate));
    }

    private static List<Limit> limits(Rate rate) {
        return List.of(new Limit("some", rate));
    }
}
