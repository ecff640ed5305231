package dev.carillon.core.webhook.replay;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.core.webhook.delivery.DeliveryQueries;
import dev.carillon.core.webhook.replay.ReplayFeedQueries.Open;
import jakarta.inject.Singleton;

/**
 * Advances replays step by step. A step is a transaction, so a lost step is repeated and nothing is queued twice. A
 * replay keeps to its rate, in database time, and never lets many deliveries wait for its endpoint, so that current
 * events do not queue behind it.
 */
@Singleton
public class ReplayFeeder {
    /** The maximum number of events that a step examines. */
    private static final int WINDOW = 5_000;

    private static final int STEPS_A_SECOND = 4;
    private static final int SECONDS_THAT_MAY_WAIT = 2;
    private static final int MAY_ALWAYS_WAIT = 20;
    static final int TAKEN_BACK_AT_ONCE = 5_000;

    private final Transactions transactions;
    private final ReplayFeedQueries feeds;
    private final ReplayCancellationQueries cancellations;
    private final DeliveryQueries hints;
    private final Signals signals;
    private final Clocks clocks;

    ReplayFeeder(
            Transactions transactions,
            ReplayFeedQueries feeds,
            ReplayCancellationQueries cancellations,
            DeliveryQueries hints,
            Signals signals,
            Clocks clocks) {
        this.transactions = transactions;
        this.feeds = feeds;
        this.cancellations = cancellations;
        this.hints = hints;
        this.signals = signals;
        this.clocks = clocks;
    }

    /** Makes the step that has been due the longest; false if none is due. */
    public boolean step() {
        return transactions.acrossWorkspaces(() -> {
            var next = feeds.next();
            next.ifPresent(this::goOn);
            return next.isPresent();
        });
    }

    private void goOn(Open open) {
        var replay = open.replay();
        var endpoint = cancellations.lockEndpoint(replay.endpoint());
        if (replay.status() != ReplayStatus.RUNNING) {
            if (cancellations.takeBack(replay.id(), TAKEN_BACK_AT_ONCE) < TAKEN_BACK_AT_ONCE) {
                cancellations.settle(replay.id());
            }
            return;
        }
        switch (endpoint) {
            case ENABLED -> feed(open);
            case DISABLED -> feeds.cancel(replay, ReplayEnd.ENDPOINT_DISABLED);
            case DELETED -> feeds.cancel(replay, ReplayEnd.ENDPOINT_DELETED);
        }
    }

    private void feed(Open open) {
        var replay = open.replay();
        int room = room(replay);
        if (room <= 0) {
            feeds.defer(replay);
            return;
        }
        feeds.endOfWindow(open, WINDOW).ifPresentOrElse(end -> feed(open, end, room), () -> feeds.finish(replay));
    }

    private int room(WebhookReplay replay) {
        int perSecond = replay.plan().perSecond();
        int mayWait = Math.max(MAY_ALWAYS_WAIT, SECONDS_THAT_MAY_WAIT * perSecond);
        int left = mayWait - feeds.waiting(replay.endpoint(), clocks.now(), mayWait);
        return Math.min(left, Math.max(1, perSecond / STEPS_A_SECOND));
    }

    private void feed(Open open, long endOfWindow, int room) {
        var replay = open.replay();
        var events = feeds.fitting(open, endOfWindow, room);
        int queued = 0;
        if (!events.isEmpty()) {
            var now = clocks.now();
            queued = feeds.queue(replay, events, now);
            hints.hint(replay.tenant(), replay.endpoint(), now);
            transactions.afterCommit(() -> signals.send(Signal.DELIVERIES_DUE));
        }
        long reached = events.size() == room ? events.getLast().number() : endOfWindow;
        feeds.advance(replay, reached, queued);
        if (reached >= open.upTo()) {
            feeds.finish(replay);
        }
    }
}
