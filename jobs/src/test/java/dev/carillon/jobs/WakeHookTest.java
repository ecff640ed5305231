package dev.carillon.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.jobs.EchoHandler.Echoes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/** The hook's contract with JobRunr, which documents none. Check this first when JobRunr's version changes. */
class WakeHookTest {
    private static JobsDatabase database;
    private static JobServer server;
    private static Echoes echoes;

    @BeforeAll
    static void start() throws InterruptedException {
        database = new JobsDatabase();
        server = JobServer.start(JobServerConfig.WORKER, database.dispatchPool(), database.beans());
        echoes = database.beans().getBean(Echoes.class);
        server.queue().enqueue(Stream.of(EchoJob.of("first, which loads classes")));
        assertThat(echoes.heard.poll(20, TimeUnit.SECONDS)).isNotNull();
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    // Without the hook, an idle server polls every five seconds, and twenty jobs in a row would hardly ever all start
    // within half of that.
    @RepeatedTest(20)
    void anIdleServerDoesNotTakeAJobAtItsNextPollOnly() throws InterruptedException {
        long put = System.nanoTime();

        server.queue().enqueue(Stream.of(EchoJob.of("wake")));

        var heard = echoes.heard.poll(10, TimeUnit.SECONDS);
        assertThat(heard).isNotNull();
        assertThat(Duration.ofNanos(heard.nanos() - put)).isLessThan(Duration.ofMillis(2_500));
    }
}
