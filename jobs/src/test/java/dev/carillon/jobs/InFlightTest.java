package dev.carillon.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.jobs.lane.Claimed;
import dev.carillon.jobs.lane.Lanes.StillLeased;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight inFlight = new InFlight();
    private final Claimed one = row(UUID.randomUUID(), 1);
    private final Claimed two = row(UUID.randomUUID(), 1);

    @Test
    void aRowOccupiesItsHostUntilThatHasAnswered() {
        inFlight.add(List.of(one, two));
        inFlight.started(one.key());
        assertThat(inFlight.byHost()).isEqualTo(Map.of("host", 2));
        assertThat(inFlight.atFullestHost()).isEqualTo(2);

        inFlight.answered(one.key());
        inFlight.started(one.key());
        assertThat(inFlight.byHost()).isEqualTo(Map.of("host", 1));
        assertThat(inFlight.size()).isEqualTo(2);

        inFlight.remove(one.key());
        inFlight.remove(two.key());
        assertThat(inFlight.byHost()).isEmpty();
        assertThat(inFlight.atFullestHost()).isZero();
    }

    // A wrong count would in the end leave no room, or no limit.
    @Test
    void aRowWaitsUntilSomebodyBeginsOrItEnds() {
        inFlight.add(List.of(one, two));
        assertThat(inFlight.waiting()).isEqualTo(2);

        inFlight.started(one.key());
        inFlight.started(one.key());
        assertThat(inFlight.waiting()).isOne();

        inFlight.remove(one.key());
        inFlight.remove(two.key());
        inFlight.remove(two.key());
        assertThat(inFlight.waiting()).isZero();
        assertThat(inFlight.isEmpty()).isTrue();
    }

    @Test
    void whatIsSaidOfAnOlderClaimChangesNothing() {
        inFlight.add(List.of(one));
        var again = row(one.id(), 2);
        inFlight.add(List.of(again));

        inFlight.started(one.key());
        inFlight.remove(one.key());

        assertThat(inFlight.waiting()).isOne();
        assertThat(inFlight.all()).containsExactly(again);
        assertThat(inFlight.byHost()).isEqualTo(Map.of("host", 1));
    }

    @Test
    void theDatabaseKnowsWhatOtherProcessesDid() {
        var three = row(UUID.randomUUID(), 1);
        inFlight.add(List.of(one, two, three));

        inFlight.correct(List.of(one, two, three), List.of(new StillLeased(one, true), new StillLeased(two, false)));

        assertThat(inFlight.all()).containsExactlyInAnyOrder(one, two);
        assertThat(inFlight.waiting()).isOne();
    }

    private static Claimed row(UUID id, long generation) {
        return new Claimed(id, id, id, "host", new WorkspaceId(id), Mode.TEST, generation);
    }
}
