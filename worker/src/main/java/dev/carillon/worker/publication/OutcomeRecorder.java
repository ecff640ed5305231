package dev.carillon.worker.publication;

import dev.carillon.core.database.DatabaseAway;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.publication.Ended;
import dev.carillon.core.publication.OutcomeService;
import dev.carillon.core.publication.Publication;
import dev.carillon.jobs.DispatchConfig;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/**
 * Records outcomes in groups: whatever comes in while one group commits is the next group, so that a lone outcome waits for nobody
 * and many share their statements and their commit. An outcome that is known is worth keeping, because not every platform can be
 * asked for it later: while the database is away it is tried again until the lease must have passed.
 */
@Singleton
class OutcomeRecorder {
    private static final int MOST_AT_ONCE = 200;
    private static final int WRITERS = 2;
    private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(200);

    private final OutcomeService outcomes;
    private final DispatchConfig dispatch;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final List<Thread> writers = Stream.generate(
                    () -> Thread.ofVirtual().name("outcome recorder").unstarted(this::run))
            .limit(WRITERS)
            .toList();

    OutcomeRecorder(OutcomeService outcomes, DispatchConfig dispatch) {
        this.outcomes = outcomes;
        this.dispatch = dispatch;
        writers.forEach(Thread::start);
    }

    private record Waiting(Ended ended, Deadline deadline, CompletableFuture<Optional<Publication>> recorded) {}

    /**
     * Records an outcome and waits until it is committed.
     *
     * @return the publication as it now stands; empty when somebody else has taken the row
     * @throws RuntimeException when it could not be recorded; the lease then passes, and the platform is asked
     */
    Optional<Publication> record(Ended ended) {
        var waiting = new Waiting(ended, Deadline.in(dispatch.lease()), new CompletableFuture<>());
        queue.add(waiting);
        try {
            return waiting.recorded().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void run() {
        try {
            while (true) {
                var group = new ArrayList<Waiting>(List.of(queue.take()));
                queue.drainTo(group, MOST_AT_ONCE - 1);
                record(group);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(List<Waiting> group) throws InterruptedException {
        try {
            complete(group, outcomes.record(group.stream().map(Waiting::ended).toList()));
        } catch (RuntimeException e) {
            if (DatabaseAway.isCauseOf(e)) {
                tryAgain(group, e);
            } else if (group.size() == 1) {
                group.getFirst().recorded().completeExceptionally(e);
            } else {
                // One of them cannot be written; the others must not suffer for it.
                for (var alone : group) {
                    record(List.of(alone));
                }
            }
        }
    }

    private void tryAgain(List<Waiting> group, RuntimeException trouble) throws InterruptedException {
        Thread.sleep(BEFORE_NEXT_TRY);
        for (var waiting : group) {
            if (waiting.deadline().passed()) {
                waiting.recorded().completeExceptionally(trouble);
            } else {
                queue.add(waiting);
            }
        }
    }

    private static void complete(List<Waiting> group, Map<Claim, Publication> recorded) {
        group.forEach(waiting -> waiting.recorded()
                .complete(Optional.ofNullable(recorded.get(waiting.ended().claim()))));
    }

    @PreDestroy
    void close() {
        writers.forEach(Thread::interrupt);
    }
}
