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

/** Marks the claims of chunks in groups: many chunks that begin at one moment share the mark's statements and its commit. */
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

    /** A job that was run anew while its first run waited here has the same claims; an attempt goes to one of them. */
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
     * @return the attempts of those that were marked, each given out once however often it is asked for
     * @throws RuntimeException when none was marked
     */
    Map<Claim, MarkedAttempt> mark(List<Claim> chunk) {
        return groups.get(chunk);
    }

    @PreDestroy
    void close() {
        groups.close();
    }
}
