package dev.carillon.core.platformcommand;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.PlatformCommandId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waits for the end of platform commands that other processes run. A signal wakes it, and it also polls in case a
 * signal was lost.
 */
@Singleton
public class PlatformCommandWaits {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Transactions transactions;
    private final PlatformCommandQueries queries;
    private final PlatformCommandConfig config;
    private final Semaphore seats;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition someEnded = lock.newCondition();
    private long signaled;

    PlatformCommandWaits(
            Transactions transactions, PlatformCommandQueries queries, PlatformCommandConfig config, Signals signals) {
        this.transactions = transactions;
        this.queries = queries;
        this.config = config;
        this.seats = new Semaphore(config.waiting());
        signals.subscribe(Signal.PLATFORM_COMMANDS_ENDED, this::wake);
    }

    /**
     * The command when it has ended, or in its state when {@link PlatformCommandConfig#maxWait()} has passed. Never call this
     * inside a transaction.
     */
    public PlatformCommand await(WorkspaceId workspace, PlatformCommandId id) {
        var patience = Deadline.in(config.maxWait());
        boolean seated = seats.tryAcquire();
        try {
            while (true) {
                long seen = signaled();
                var command = transactions.inWorkspace(
                        workspace, () -> queries.find(id).orElseThrow());
                if (command.ended() || !seated || patience.passed() || !pause(seen)) {
                    return command;
                }
            }
        } finally {
            if (seated) {
                seats.release();
            }
        }
    }

    private void wake() {
        lock.lock();
        try {
            signaled++;
            someEnded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long signaled() {
        lock.lock();
        try {
            return signaled;
        } finally {
            lock.unlock();
        }
    }

    /** False if the request was canceled. */
    private boolean pause(long seen) {
        lock.lock();
        try {
            long left = LOOK_EVERY.toNanos();
            while (signaled == seen && left > 0) {
                left = someEnded.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
