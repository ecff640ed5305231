package dev.carillon.app.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.app.events.SimulatedStreams.Script.Ends;
import dev.carillon.app.events.SimulatedStreams.Script.FallsSilent;
import dev.carillon.app.events.SimulatedStreams.Script.NeverAnswers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventFollowerTest {
    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final String EVENT = "id: evt_two\nevent: post.created\ndata: {}\n\n";

    private final List<String> notes = new ArrayList<>();

    // Without this, events between a stream that breaks before its first event and the next stream would be missed.
    @Test
    void aStreamThatBreaksBeforeItsFirstEventIsGoneOnWithBehindWhereItBegan() throws Exception {
        try (var api = SimulatedStreams.start(new Ends("id: evt_one\n: connected\n\n"), new Ends(EVENT))) {
            assertThat(followOne(api, null)).isEqualTo("evt_two");

            assertThat(api.lastEventIds()).containsExactly("none", "evt_one");
        }
    }

    @Test
    void anEventThatDidNotComeWholeIsAskedForAgain() throws Exception {
        try (var api = SimulatedStreams.start(new Ends("id: evt_two\nevent: post.created\n"), new Ends(EVENT))) {
            assertThat(followOne(api, "evt_one")).isEqualTo("evt_two");

            assertThat(api.lastEventIds()).containsExactly("evt_one", "evt_one");
        }
    }

    // A connection that is cut silently looks like an idle one unless there is a timeout.
    @Test
    void aStreamOnWhichNothingComesIsLeftForAnother() throws Exception {
        try (var api = SimulatedStreams.start(new FallsSilent("id: evt_one\n: connected\n\n"), new Ends(EVENT))) {
            assertThat(followOne(api, null)).isEqualTo("evt_two");

            assertThat(api.lastEventIds()).containsExactly("none", "evt_one");
        }
    }

    @Test
    void aServerThatDoesNotEvenAnswerIsAskedAgain() throws Exception {
        try (var api = SimulatedStreams.start(new NeverAnswers(), new Ends(EVENT))) {
            assertThat(followOne(api, null)).isEqualTo("evt_two");

            assertThat(notes).anyMatch(note -> note.startsWith("connection lost: "));
        }
    }

    private String followOne(SimulatedStreams api, @Nullable String after) throws InterruptedException {
        var follow = new Follow(api.url(), "sk_test_key", List.of(), null, after);
        var seen = new ArrayList<String>();
        new EventFollower(follow, notes::add, PAUSE, SILENCE).run(event -> {
            seen.add(event.id());
            return false;
        });
        assertThat(seen).hasSize(1);
        return seen.getFirst();
    }
}
