package dev.carillon.worker.publication;

import dev.carillon.core.net.Deadline;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.publication.PublishingConfig;
import dev.carillon.core.publication.attempt.AttemptService;
import dev.carillon.jobs.DispatchConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Attempts that may take longer than a lease, because they upload. Their leases are renewed until their own deadline;
 * an attempt that hangs beyond it loses its row like any other.
 */
@Singleton
public class LongAttempts {
    private final Map<Claim, Deadline> running = new ConcurrentHashMap<>();
    private final AttemptService attempts;
    private final PublishingConfig config;
    private final DispatchConfig dispatch;

    LongAttempts(AttemptService attempts, PublishingConfig config, DispatchConfig dispatch) {
        this.attempts = attempts;
        this.config = config;
        this.dispatch = dispatch;
    }

    /** The time limit of one attempt; close it when the attempt has ended. */
    record CallTime(Deadline deadline, Runnable onClose) implements AutoCloseable {
        @Override
        public void close() {
            onClose.run();
        }
    }

    /**
     * How long an attempt may take.
     *
     * @param wanted what its platform needs; empty for the usual time
     */
    CallTime timeFor(Claim claim, Optional<Duration> wanted, Deadline usual) {
        return wanted.filter(time -> time.compareTo(config.callDeadline()) > 0)
                .map(time -> prolonged(claim, time))
                .orElseGet(() -> new CallTime(usual, () -> {}));
    }

    private CallTime prolonged(Claim claim, Duration time) {
        // Created before the new end is written, for the same reason that the usual deadline is created before the
        // start.
        var deadline = Deadline.in(time);
        attempts.prolong(claim, time, dispatch.lease());
        running.put(claim, deadline);
        return new CallTime(deadline, () -> running.remove(claim));
    }

    /** Call this several times per lease. */
    public void renewLeases() {
        List<Claim> alive = running.entrySet().stream()
                .filter(attempt -> !attempt.getValue().passed())
                .map(Map.Entry::getKey)
                .toList();
        if (!alive.isEmpty()) {
            attempts.renew(alive, dispatch.lease());
        }
    }
}
