package dev.carillon.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.carillon.jobs.EchoHandler.Echoes;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobServerTest {
    private static JobsDatabase database;
    private static JobServer server;
    private static Echoes echoes;

    @BeforeAll
    static void start() {
        database = new JobsDatabase();
        server = JobServer.start(JobServerConfig.WORKER, database.dispatchPool(), database.beans());
        echoes = database.beans().getBean(Echoes.class);
    }

    @BeforeEach
    void forget() {
        echoes.heard.clear();
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    @Test
    void aRecordWithListsArrivesAtItsHandlerBeanAsItWasSent() {
        var id = UuidCreator.getTimeOrderedEpoch();
        var job = new EchoJob("lists", List.of(id), List.of(new EchoJob.Row(id, 7), new EchoJob.Row(id, 1L << 40)));
        var empty = EchoJob.of("empty lists");

        server.queue().enqueue(Stream.of(job, empty));

        await().until(() -> echoes.heard.size() == 2);
        assertThat(echoes.heard).extracting(EchoHandler.Heard::job).containsExactlyInAnyOrder(job, empty);
        assertThat(echoes.heard).allMatch(EchoHandler.Heard::onVirtualThread);
    }

    @Test
    void manyJobsPutAtOnceAllRun() {
        server.queue().enqueue(IntStream.range(0, 500).mapToObj(number -> EchoJob.of("job " + number)));

        await().atMost(Duration.ofSeconds(20)).until(() -> echoes.heard.size() == 500);
        assertThat(echoes.heard).extracting(heard -> heard.job().kind()).doesNotHaveDuplicates();
    }

    // JobRunr stops itself after several failures of its storage. Without this, nothing would be published until a
    // restart of the process.
    @Test
    void aServerThatStoppedItselfIsReplaced() {
        var stopped = server.jobRunr();
        stopped.stop();

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(server.jobRunr()).isNotSameAs(stopped);
            assertThat(server.isRunning()).isTrue();
        });
        server.queue().enqueue(Stream.of(EchoJob.of("after")));

        await().atMost(Duration.ofSeconds(10)).until(() -> !echoes.heard.isEmpty());
    }

    @Test
    void rolesHaveTablesOfTheirOwn() {
        try (var billing = JobServer.start(JobServerConfig.BILLING, database.dispatchPool(), database.beans())) {
            billing.queue().enqueue(Stream.of(EchoJob.of("for billing")));

            await().until(() -> !echoes.heard.isEmpty());
            assertThat(database.number("SELECT count(*) FROM billing_jobs.jobrunr_jobs"))
                    .isEqualTo(1);
            assertThat(database.number(
                            "SELECT count(*) FROM worker_jobs.jobrunr_jobs WHERE jobAsJson LIKE '%for billing%'"))
                    .isZero();
        }
    }
}
