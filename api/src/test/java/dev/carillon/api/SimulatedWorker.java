package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.net.Exchange;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platformcommand.PlatformCommand;
import dev.carillon.core.platformcommand.PlatformCommandService;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.publication.attempt.AttemptService;
import dev.carillon.core.publication.attempt.Ended;
import dev.carillon.core.publication.attempt.OutcomeService;
import dev.carillon.core.testing.TestCarillon;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs a worker's steps in core for one publication: claim, attempt start, outcome. */
final class SimulatedWorker {
    private static final Duration LEASE = Duration.ofSeconds(90);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final TestCarillon carillon;

    SimulatedWorker(TestCarillon carillon) {
        this.carillon = carillon;
    }

    static PublishOutcome published(String publication) {
        return new PublishOutcome.Published(new PlatformPost(
                "played-" + publication, "https://played.example/" + publication, Map.of("id", publication)));
    }

    void publish(String publication, PublishOutcome outcome, Exchange... exchanges) {
        long generation = claim(publication);
        startAttempt(publication, generation);
        var ended = new Ended(new Claim(idOf(publication), generation), outcome, List.of(exchanges));
        assertThat(carillon.bean(OutcomeService.class).record(List.of(ended))).hasSize(1);
    }

    void startAttempt(String publication, long generation) {
        var claim = new Claim(idOf(publication), generation);
        assertThat(carillon.bean(AttemptService.class).start(List.of(claim), "a worker", LEASE))
                .hasSize(1);
    }

    long claim(String publication) {
        return number("""
                UPDATE publication SET generation = generation + 1, lease_until = clock_timestamp() + interval '90 seconds',
                    claimed_at = clock_timestamp()
                WHERE id = '%s' RETURNING generation
                """.formatted(idOf(publication).value()));
    }

    /** Runs SQL that returns a number, for changes that no use case offers. */
    long number(String statement) {
        try (var connection = carillon.database().asDispatch().getConnection();
                var statements = connection.createStatement();
                var rows = statements.executeQuery(statement)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    static PublicationId idOf(String publication) {
        return PublicationId.KIND.read(publication).orElseThrow();
    }

    /** Expires the deadlines of all calls for the publication, so that none can still arrive. */
    void forgetCalls(String publication) {
        number("""
                UPDATE attempt SET call_until = clock_timestamp() - interval '1 hour' WHERE publication_id = '%s' RETURNING 1
                """.formatted(idOf(publication).value()));
    }

    /** Runs the next platform command while its request waits. */
    Thread runsNext(Consumer<PlatformCommand> work) {
        var commands = carillon.bean(PlatformCommandService.class);
        return Thread.ofVirtual().start(() -> await().atMost(SOON)
                .pollInterval(LOOK_EVERY)
                .until(() -> commands.claim(1, LEASE, List.of()), claimed -> !claimed.isEmpty())
                .forEach(claimed -> work.accept(claimed.command())));
    }
}
