package dev.carillon.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.app.chaos.Judge.Shown;
import dev.carillon.app.chaos.Orders.Action;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A thread whose worker dies with the second part started, and whose next worker dies when the platform has that part: a part that came
 * twice, or in reply to another, would stand in public; one that did not come would end the thread.
 */
final class ThreadScenario {
    private static final List<String> PARTS = List.of("one", "two", "three", "four");
    private static final Duration WHOLE_WITHIN = Duration.ofSeconds(60);
    private static final int FIRST_PART_AGAIN = 2;
    private static final Duration ORDERS_ARE_SEEN = Duration.ofMillis(100);

    private ThreadScenario() {}

    static Scenario create() {
        return new Scenario(
                "killed: a thread's second part started, then accepted",
                1,
                Set.of(Kind.OWN_IDEMPOTENCY),
                ThreadScenario::play);
    }

    private static void play(Stage stage) {
        var started = stage.order(KillPoint.STARTED, 2, Action.KILL);
        stage.during(ORDERS_ARE_SEEN, ORDERS_ARE_SEEN, () -> {});
        stage.audience().postThread(PARTS);
        stage.awaitObeyedByItself(started);
        var account = stage.audience().accounts(Kind.OWN_IDEMPOTENCY).getFirst();
        // A first part whose attempt failed by itself, on a connection that was closed meanwhile for example, is
        // started
        // twice as well.
        for (int again = 0; again < FIRST_PART_AGAIN && stage.shown(account).isEmpty(); again++) {
            stage.awaitObeyedByItself(stage.order(KillPoint.STARTED, 2, Action.KILL));
        }
        assertThat(stage.shown(account)).extracting(Shown::text).containsExactly("one");

        // The next worker's first: whoever comes after the one that has died has to send the part.
        stage.awaitObeyedByItself(stage.order(KillPoint.ACCEPTED, 1, Action.KILL));

        try {
            await().atMost(WHOLE_WITHIN)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> stage.shown(account).size() >= PARTS.size());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("the thread ends after %s".formatted(stage.shown(account)), e);
        }
        var shown = stage.shown(account);
        assertThat(shown).extracting(Shown::text).containsExactlyElementsOf(PARTS);
        assertThat(shown.getFirst().replyTo()).isEmpty();
        for (int part = 1; part < shown.size(); part++) {
            assertThat(shown.get(part).replyTo()).isEqualTo(shown.get(part - 1).id());
        }
    }
}
