package dev.carillon.worker.publication;

import dev.carillon.core.publication.AttemptService;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.publication.StartedAttempt;
import dev.carillon.jobs.DispatchConfig;
import dev.carillon.jobs.GroupCommit;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts the attempts of chunks in groups: chunks that run at the same time share the statements and the commit.
 */
@Singleton
class AttemptStarter {
    private static final int WRITERS = 2;
    private static final int CHUNKS_AT_ONCE = 8;

    private final GroupCommit<List<Claim>, Map<Claim, StartedAttempt>> groups;

    AttemptStarter(AttemptService attempts, PublishingMetrics metrics, DispatchConfig dispatch) {
        this.groups = new GroupCommit<>("attempt starter", WRITERS, CHUNKS_AT_ONCE, chunks -> {
            var claims = chunks.stream().flatMap(Collection::stream).distinct().toList();
            var started = new HashMap<Claim, StartedAttempt>();
            attempts.start(claims, WorkerName.OF_THIS_PROCESS, dispatch.lease()).forEach(attempt -> {
                started.put(attempt.publication().claim(), attempt);
                metrics.begun(attempt);
            });
            return chunks.stream().map(chunk -> taken(chunk, started)).toList();
        });
    }

    /**
     * If a job was rerun while its first run waited here, both have the same claims; each attempt goes to one of them.
     */
    private static Map<Claim, StartedAttempt> taken(List<Claim> chunk, Map<Claim, StartedAttempt> started) {
        var taken = new HashMap<Claim, StartedAttempt>();
        for (var claim : chunk) {
            var attempt = started.remove(claim);
            if (attempt != null) {
                taken.put(claim, attempt);
            }
        }
        return taken;
    }

    /**
     * Starts the attempts of a chunk's claims and waits until that is committed.
     *
     * @return the attempts of the claims whose attempts were started; each attempt is returned once, however often it is requested
     * @throws RuntimeException if none was started
     */
    Map<Claim, StartedAttempt> start(List<Claim> chunk) {
        return groups.get(chunk);
    }

    @PreDestroy
    void close() {
        groups.close();
    }
}
