package dev.carillon.worker.model;

import dev.carillon.core.platform.PublishOutcome.PauseScope;

/** One thing that happens, or is tried and refused. Numbers that are too large for what there is wrap around. */
sealed interface Step {
    /** Somebody posts. */
    record Create(int account, boolean urgent, int delaySeconds) implements Step {}

    record Cancel(int publication) implements Step {}

    record Claim(int worker, int rows) implements Step {}

    /** A worker starts attempts of all that it has claimed. */
    record Start(int worker) implements Step {}

    /** A call reaches the platform, unless its deadline has passed: a worker's next, or one that nobody waits for any more. */
    record Send(int worker) implements Step {}

    /** A worker records how an attempt ended; what the platform has can only end well, or unknown. */
    record End(int worker, Ending ending) implements Step {}

    /** A worker dies and forgets everything; what it was about to send may still arrive. */
    record Crash(int worker) implements Step {}

    /** More time passes in the database than any lease or deadline lasts. */
    record LeasesPass() implements Step {}

    record Sweep() implements Step {}

    /** The platform is asked about every unknown outcome, and says the truth. */
    record Settle(boolean answers) implements Step {}

    /** Somebody takes unknown outcomes and dies before it has asked. */
    record AskAndDie() implements Step {}

    record Advance(int seconds) implements Step {}

    record Pause(PauseScope scope, int account, int seconds) implements Step {}

    record Reconnect(int account) implements Step {}

    /** How an attempt that reached nobody may end; one that was sent ends well, unknown, or as still being worked on. */
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
