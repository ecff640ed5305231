package dev.carillon.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.platform.PublishWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WindowUseTest {
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final Duration TRAVEL = Duration.ofSeconds(30);
    private static final PublishWindow HOURLY = PublishWindow.ofIdentity(4, Duration.ofHours(1));

    // A platform may ban the account for a single post too many.
    @Property
    void howeverLongACallTravelsNoStretchOfTheWindowsLengthHoldsMoreThanItAllows(
            @ForAll @Size(max = 60) List<@IntRange(max = 1200) Integer> secondsBetween,
            @ForAll @Size(min = 60, max = 60) List<@IntRange(max = 30) Integer> travelSeconds) {
        var use = new WindowUse(HOURLY, Map.of(), TRAVEL);
        var arrivals = new ArrayList<Instant>();
        var now = NOON;
        for (int i = 0; i < secondsBetween.size(); i++) {
            now = now.plusSeconds(secondsBetween.get(i));
            if (use.free(now) > 0) {
                use = use.take(now);
                arrivals.add(now.plusSeconds(travelSeconds.get(i)));
            }
        }

        for (var first : arrivals) {
            var last = first.plus(HOURLY.length());
            assertThat(arrivals.stream().filter(at -> !at.isBefore(first) && at.isBefore(last)))
                    .hasSizeLessThanOrEqualTo(HOURLY.posts());
        }
    }

    @Property
    void itFreesWhenItSays(@ForAll @Size(min = 4, max = 4) List<@IntRange(max = 800) Integer> secondsBetween) {
        var use = new WindowUse(HOURLY, Map.of(), TRAVEL);
        var now = NOON;
        for (int between : secondsBetween) {
            now = now.plusSeconds(between);
            use = use.take(now);
        }

        var frees = use.freesAt(now);
        assertThat(use.free(now)).isZero();
        assertThat(use.free(frees.minusMillis(1))).isZero();
        assertThat(use.free(frees)).isPositive();
        assertThat(frees)
                .isBefore(NOON.plusSeconds(800)
                        .plus(HOURLY.length())
                        .plus(Duration.ofMinutes(3))
                        .plus(TRAVEL));
    }

    @Property(tries = 1)
    void whatNoLongerCountsIsForgotten() {
        var use = new WindowUse(HOURLY, Map.of(), TRAVEL);
        for (int hour = 0; hour < 100; hour++) {
            use = use.take(NOON.plus(Duration.ofHours(2).multipliedBy(hour)));
        }

        assertThat(use.taken()).hasSize(1);
    }
}
