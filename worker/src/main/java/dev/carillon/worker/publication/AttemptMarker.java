package dev.carillon.worker.publication;

import dev.carillon.core.publication.AttemptService;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.publication.MarkedAttempt;
import dev.carillon.jobs.DispatchConfig;
import dev.carillon.jobs.GroupCommit;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Marks the claims of chunks in groups: many chunks that begin at one moment share the mark's statements and its commit. */
@Singleton
class AttemptMarker {
    private static final int WRITERS = 2;
    private static final int CHUNKS_AT_ONCE = 8;

    private final GroupCommit<List<Claim>, Map<Claim, MarkedAttempt>> groups;

    AttemptMarker(AttemptService attempts, DispatchConfig dispatch) {
        this.groups = new GroupCommit<>("attempt marker", WRITERS, CHUNKS_AT_ONCE, chunks -> {
            var claims = chunks.stream().flatMap(Collection::stream).toList();
            var marked = attempts.mark(claims, WorkerName.OF_THIS_PROCESS, dispatch.lease()).stream()
                    .collect(Collectors.toMap(attempt -> attempt.publication().claim(), Function.identity()));
            return Collections.nCopies(chunks.size(), marked);
        });
    }

    /**
     * Marks a chunk's claims and waits until that is committed.
     *
     * @return the attempts of those that were marked, perhaps among others
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
