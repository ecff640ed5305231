package dev.carillon.worker.model;

import dev.carillon.core.platform.PublishOutcome.PauseScope;

/** A step of a run, which may be refused. Numbers beyond the existing workers, accounts or publications wrap around. */
sealed interface Step {
    /** A caller creates a post. */
    record Create(int account, boolean urgent, int delaySeconds) implements Step {}

    record Cancel(int publication) implements Step {}

    record Claim(int worker, int rows) implements Step {}

    /** A worker starts attempts for everything that it has claimed. */
    record Start(int worker) implements Step {}

    /** The worker's next call reaches the platform unless its deadline has passed; if the worker has none, an abandoned call does. */
    record Send(int worker) implements Step {}

    /** A worker records the outcome of an attempt. A post that the platform has cannot get a failure outcome. */
    record End(int worker, Ending ending) implements Step {}

    /** A worker dies and forgets everything; its unsent calls may still arrive. */
    record Crash(int worker) implements Step {}

    /** Database time passes beyond all leases and deadlines. */
    record LeasesPass() implements Step {}

    record Sweep() implements Step {}

    /** Looks up every unknown outcome; the platform answers truthfully or not at all. */
    record Settle(boolean answers) implements Step {}

    /** A worker claims unknown outcomes and dies before the lookup. */
    record AskAndDie() implements Step {}

    record Advance(int seconds) implements Step {}

    record Pause(PauseScope scope, int account, int seconds) implements Step {}

    record Reconnect(int account) implements Step {}

    /** How an unsent attempt may end. A sent one ends as published, unconfirmed or processing. */
    enum Ending {
        FINE,
        UNCONFIRMED,
        PROCESSING,
        UNAVAILABLE,
        THROTTLED,
        REJECTED,
        ACCESS_LOST
    }
}
