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
 * A thread whose worker dies after the second part was started, and whose next worker dies after the platform accepted that part. A part
 * that came twice, or in reply to the wrong part, would be public; a missing part would end the thread.
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
        // If the first part's attempt failed, for example because its connection was closed, the first part itself is
        // started twice.
        for (int again = 0; again < FIRST_PART_AGAIN && stage.shown(account).isEmpty(); again++) {
            stage.awaitObeyedByItself(stage.order(KillPoint.STARTED, 2, Action.KILL));
        }
        assertThat(stage.shown(account)).extracting(Shown::text).containsExactly("one");

        // The next worker's first request must be this part.
        stage.awaitObeyedByItself(stage.order(KillPoint.ACCEPTED, 1, Action.KILL));

        try {
            await().atMost(WHOLE_WITHIN)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> stage.shown(account).size() >= PARTS.size());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("the thread stopped after %s".formatted(stage.shown(account)), e);
        }
        var shown = stage.shown(account);
        assertThat(shown).extracting(Shown::text).containsExactlyElementsOf(PARTS);
        assertThat(shown.getFirst().replyTo()).isEmpty();
        for (int part = 1; part < shown.size(); part++) {
            assertThat(shown.get(part).replyTo()).isEqualTo(shown.get(part - 1).id());
        }
    }
}
