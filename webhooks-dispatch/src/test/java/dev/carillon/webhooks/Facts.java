package dev.carillon.webhooks;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventRecorder;
import dev.carillon.core.event.Payload.AccountPayload;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.testing.TestCarillon;
import java.time.Instant;
import java.util.stream.IntStream;

/** Records events whose content does not matter to the test. */
final class Facts {
    private Facts() {}

    /** Records {@code count} events in one transaction. */
    static void happenAtOnce(TestCarillon carillon, Actor actor, int count) {
        carillon.bean(Transactions.class).inWorkspace(actor, () -> {
            var now = carillon.bean(Clocks.class).now();
            carillon.bean(EventRecorder.class)
                    .record(IntStream.range(0, count)
                            .mapToObj(n ->
                                    new EventRecorder.Fact(actor.tenant(), connected(actor, "acct_" + n, now), now))
                            .toList());
            return now;
        });
    }

    /** Records that an account was connected; returns the event with its number. */
    static RecordedEvent happens(TestCarillon carillon, Actor actor, String account) {
        carillon.bean(Transactions.class).inWorkspace(actor, () -> {
            var now = carillon.bean(Clocks.class).now();
            carillon.bean(EventRecorder.class).record(actor.tenant(), connected(actor, account, now), now);
            return now;
        });
        return carillon.eventsAbout(actor, account).getLast();
    }

    private static Event connected(Actor actor, String account, Instant now) {
        return new Event.AccountConnected(new AccountPayload(
                account,
                "account",
                "sandbox",
                account + " ☀",
                "active",
                null,
                actor.mode().livemode(),
                now));
    }
}
