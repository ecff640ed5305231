package dev.carillon.worker.publication;

import dev.carillon.core.publication.Ended;
import dev.carillon.core.publication.OutcomeService;
import dev.carillon.core.publication.Publication;
import dev.carillon.jobs.DispatchConfig;
import dev.carillon.jobs.GroupCommit;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Records outcomes in groups. A known outcome must not be lost, because not every platform can be asked for it later:
 * while the database is unavailable, recording is repeated until the lease must have expired.
 */
@Singleton
class OutcomeRecorder {
    private static final int WRITERS = 2;
    private static final int MOST_AT_ONCE = 200;

    private final DispatchConfig dispatch;
    private final GroupCommit<Ended, Optional<Publication>> groups;

    OutcomeRecorder(OutcomeService outcomes, DispatchConfig dispatch) {
        this.dispatch = dispatch;
        this.groups = new GroupCommit<>("outcome recorder", WRITERS, MOST_AT_ONCE, ended -> recorded(outcomes, ended));
    }

    private static List<Optional<Publication>> recorded(OutcomeService outcomes, List<Ended> ended) {
        var recorded = outcomes.record(ended);
        return ended.stream()
                .map(one -> Optional.ofNullable(recorded.get(one.claim())))
                .toList();
    }

    /**
     * Records an outcome and waits until it is committed.
     *
     * @return the updated publication; empty if another claim has taken the row
     * @throws RuntimeException if it could not be recorded; the lease then expires, and the platform is asked
     */
    Optional<Publication> record(Ended ended) {
        return groups.get(ended, dispatch.lease());
    }

    @PreDestroy
    void close() {
        groups.close();
    }
}
