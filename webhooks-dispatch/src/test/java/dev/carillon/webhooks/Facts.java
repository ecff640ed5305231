package dev.carillon.webhooks;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventFilter;
import dev.carillon.core.event.EventService;
import dev.carillon.core.event.Events;
import dev.carillon.core.event.Payload.AccountPayload;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.testing.TestCarillon;

/** Something that happened, for tests that care only that it did. */
final class Facts {
    private Facts() {}

    /** Records that the account of this name was connected, and gives the event back with its number. */
    static RecordedEvent happens(TestCarillon carillon, Actor actor, String account) {
        carillon.bean(Transactions.class).inWorkspace(actor, () -> {
            var now = carillon.bean(Clocks.class).now();
            var payload = new AccountPayload(
                    account,
                    "account",
                    "sandbox",
                    account + " ☀",
                    "active",
                    null,
                    actor.mode().livemode(),
                    now);
            carillon.bean(Events.class).record(actor.tenant(), new Event.AccountConnected(payload), now);
            return payload;
        });
        return carillon.bean(EventService.class)
                .list(actor, EventFilter.about(account), new PageRequest(1, null))
                .data()
                .getFirst();
    }
}
