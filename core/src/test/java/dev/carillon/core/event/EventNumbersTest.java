package dev.carillon.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.testing.Hooked;
import dev.carillon.core.testing.TestCarillon;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventNumbersTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private static TestCarillon carillon;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start();
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void aStretchHoldsEveryEventOfItsTimeAndLittleElse() {
        var actor = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.LIVE));
        var hooked = new Hooked(carillon, actor);
        var events = hooked.happen(40);
        for (int i = 0; i < events.size(); i++) {
            // One event every 30 minutes; every second one is recorded late, with a time 40 minutes earlier.
            at(hooked, events.get(i), NOON.plus(Duration.ofMinutes(30L * i - (i % 2) * 40L)));
        }
        // A number in the middle is missing, as after a plan's retention period.
        hooked.asOwner("DELETE FROM event WHERE id = '%s'"
                .formatted(events.get(20).id().value()));

        var stretch = between(actor, NOON.plus(Duration.ofHours(8)), NOON.plus(Duration.ofHours(12)));

        long first = events.get(16).number();
        long last = events.get(25).number();
        assertThat(stretch.above()).isBetween(first - 6, first - 1);
        assertThat(stretch.upTo()).isBetween(last - 1, last + 4);
        assertThat(between(actor, NOON, NOON.plus(Duration.ofDays(3))).upTo())
                .isEqualTo(events.getLast().number());
        assertThat(between(actor, NOON.plus(Duration.ofDays(2)), NOON.plus(Duration.ofDays(3))))
                .isEqualTo(new EventNumbers.Stretch(
                        events.getLast().number(), events.getLast().number()));
    }

    @Test
    void inTestModeItIsAllOfTheLogWhateverItsClockSays() {
        var actor = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
        var hooked = new Hooked(carillon, actor);
        var events = hooked.happen(3);
        List.of(3, 1, 2).forEach(day -> at(hooked, events.get(day - 1), NOON.plus(Duration.ofDays(5L - day))));

        assertThat(between(actor, NOON, NOON.plusSeconds(1)))
                .isEqualTo(new EventNumbers.Stretch(
                        events.getFirst().number() - 1, events.getLast().number()));
    }

    @Test
    void anEmptyLogHasAnEmptyStretch() {
        var actor = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.LIVE));

        var stretch = between(actor, NOON, NOON.plusSeconds(1));

        assertThat(stretch.upTo()).isEqualTo(stretch.above());
    }

    private static void at(Hooked hooked, RecordedEvent event, Instant moment) {
        hooked.asOwner("UPDATE event SET created_at = '%s' WHERE id = '%s'"
                .formatted(moment, event.id().value()));
    }

    private static EventNumbers.Stretch between(Actor actor, Instant since, Instant until) {
        return carillon.bean(EventNumbers.class).between(actor.tenant(), since, until);
    }
}
