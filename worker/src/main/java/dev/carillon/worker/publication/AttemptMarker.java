package dev.carillon.worker.publication;

import dev.carillon.core.publication.AttemptService;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.publication.MarkedAttempt;
import dev.carillon.jobs.DispatchConfig;
import dev.carillon.jobs.GroupCommit;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Marks the claims of chunks in groups: chunks that start at the same time share the mark's statements and its commit.
 */
@Singleton
class AttemptMarker {
    private static final int WRITERS = 2;
    private static final int CHUNKS_AT_ONCE = 8;

    private final GroupCommit<List<Claim>, Map<Claim, MarkedAttempt>> groups;

    AttemptMarker(AttemptService attempts, PublishingMetrics metrics, DispatchConfig dispatch) {
        this.groups = new GroupCommit<>("attempt marker", WRITERS, CHUNKS_AT_ONCE, chunks -> {
            var claims = chunks.stream().flatMap(Collection::stream).distinct().toList();
            var marked = new HashMap<Claim, MarkedAttempt>();
            attempts.mark(claims, WorkerName.OF_THIS_PROCESS, dispatch.lease()).forEach(attempt -> {
                marked.put(attempt.publication().claim(), attempt);
                metrics.begun(attempt);
            });
            return chunks.stream().map(chunk -> taken(chunk, marked)).toList();
        });
    }

    /**
     * If a job was rerun while its first run waited here, both have the same claims; each attempt goes to one of them.
     */
    private static Map<Claim, MarkedAttempt> taken(List<Claim> chunk, Map<Claim, MarkedAttempt> marked) {
        var taken = new HashMap<Claim, MarkedAttempt>();
        for (var claim : chunk) {
            var attempt = marked.remove(claim);
            if (attempt != null) {
                taken.put(claim, attempt);
            }
        }
        return taken;
    }

    /**
     * Marks a chunk's claims and waits until that is committed.
     *
     * @return the attempts of the claims that were marked; each attempt is returned once, however often it is requested
     * @throws RuntimeException if none was marked
     */
    Map<Claim, MarkedAttempt> mark(List<Claim> chunk) {
        return groups.get(chunk);
    }

    @PreDestroy
    void close() {
        groups.close();
    }
}
