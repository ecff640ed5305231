package dev.carillon.api;

import static org.awaitility.Awaitility.await;

import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.errand.Errand;
import dev.carillon.core.errand.Errands;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.publication.AttemptService;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.publication.OutcomeService;
import dev.carillon.core.testing.TestCarillon;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Does by hand, and when a test says so, what a worker process would do. */
final class PlayedWorker {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final String CLAIM = """
            UPDATE publication SET generation = generation + 1, lease_until = clock_timestamp() + interval '1 minute'
            WHERE id = ? AND status = 'scheduled' RETURNING generation
            """;

    private final TestCarillon carillon;

    PlayedWorker(TestCarillon carillon) {
        this.carillon = carillon;
    }

    /** Marks a scheduled publication, as if it were being published now. */
    Claim mark(String publication) {
        var id = PublicationId.KIND.read(publication).orElseThrow();
        long generation = carillon.bean(Transactions.class)
                .acrossWorkspaces(() -> carillon.bean(Sql.class).of(CLAIM, id).one(row -> row.number("generation")));
        var claim = new Claim(id, generation);
        carillon.bean(AttemptService.class).mark(List.of(claim), "played", LEASE);
        return claim;
    }

    /** An attempt that ends like this. */
    void attempt(String publication, PublishOutcome outcome) {
        var claim = mark(publication);
        carillon.bean(OutcomeService.class).record(claim.publication(), claim.generation(), outcome);
    }

    /** Nothing of this publication can still be on its way. */
    void forgetCalls(String publication) {
        var id = PublicationId.KIND.read(publication).orElseThrow();
        carillon.bean(Transactions.class).acrossWorkspaces(() -> carillon.bean(Sql.class)
                .of(
                        "UPDATE attempt SET call_until = clock_timestamp() - interval '1 hour' WHERE publication_id = ?",
                        id)
                .update());
    }

    /** Runs the next errand while the request that asked for it waits. */
    Thread runsNext(Consumer<Errand> work) {
        var errands = carillon.bean(Errands.class);
        return Thread.ofVirtual().start(() -> await().atMost(SOON)
                .pollInterval(LOOK_EVERY)
                .until(() -> errands.claim(1, LEASE, List.of()), claimed -> !claimed.isEmpty())
                .forEach(claimed -> work.accept(claimed.errand())));
    }
}
