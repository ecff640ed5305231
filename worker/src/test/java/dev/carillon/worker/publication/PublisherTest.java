package dev.carillon.worker.publication;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PublishRequest;
import dev.carillon.core.post.PostService;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.testing.SimulatedPlatform;
import dev.carillon.core.testing.TestCarillon;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PublisherTest {
    private static TestCarillon carillon;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start(Map.of("carillon.testing.played-platform", "true"));
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    // JobRunr repeats a job whose server seems dead. Runs that wait together are in one group commit; each attempt must
    // go to only one of them, or both would publish.
    @Test
    void aJobThatRunsTwiceAtTheSameTimePublishesOnce() throws Exception {
        var before = List.of(claimed(), claimed());
        var claim = claimed();
        var held = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var runs = new ArrayList<Future<Boolean>>();
        try (var threads = Executors.newCachedThreadPool()) {
            runs.add(threads.submit(() -> holding(before, held, goOn)));
            held.await();
            // One after the other, so that each forms its own group and all writers wait.
            for (int i = 0; i < before.size(); i++) {
                var other = before.get(i);
                runs.add(threads.submit(() -> publish(other)));
                awaitLockWaits(i + 1);
            }

            for (int i = 0; i < 2; i++) {
                runs.add(waiting(() -> publish(claim), threads));
            }
            goOn.countDown();

            assertThat(runs).extracting(Future::get).containsOnly(true);
        }
        await().untilAsserted(() -> assertThat(
                        carillon.bean(SimulatedPlatform.class).received())
                .extracting(PublishRequest::publication)
                .containsExactlyInAnyOrder(
                        before.get(0).publication(), before.get(1).publication(), claim.publication()));
    }

    private static boolean publish(Claim claim) throws InterruptedException {
        carillon.bean(Publisher.class).publish(List.of(claim));
        return true;
    }

    /** Runs it in another thread and returns as soon as that thread waits. */
    private static Future<Boolean> waiting(Callable<Boolean> run, ExecutorService threads) {
        var thread = new AtomicReference<@Nullable Thread>();
        var result = threads.submit(() -> {
            thread.set(Thread.currentThread());
            return run.call();
        });
        await().until(() -> {
            var started = thread.get();
            return started != null && started.getState() == Thread.State.WAITING;
        });
        return result;
    }

    private static void awaitLockWaits(int sessions) {
        await().until(() -> number(
                        "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                == sessions);
    }

    private static boolean holding(List<Claim> claims, CountDownLatch held, CountDownLatch goOn) {
        return carillon.bean(Transactions.class).acrossWorkspaces(() -> {
            carillon.bean(Sql.class)
                    .of(
                            "SELECT id FROM publication WHERE id = ANY (?::uuid[]) FOR UPDATE",
                            Sql.column(claims, Claim::publication))
                    .list(row -> row.uuid("id"));
            held.countDown();
            try {
                return goOn.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        });
    }

    private static long number(String statement) {
        return carillon.bean(Transactions.class)
                .acrossWorkspaces(() -> carillon.bean(Sql.class).of(statement).one(row -> row.number("n")));
    }

    private static Claim claimed() {
        var actor = carillon.test();
        var account = carillon.bean(AccountService.class)
                .connect(
                        actor,
                        new NewAccount(
                                Platform.SANDBOX,
                                new Identity("me", "me", null, null, "sandbox"),
                                Credentials.NONE,
                                Map.of()));
        var post = carillon.bean(PostService.class)
                .accept(actor, aPost("hello").on(account).allowDuplicate().build())
                .post();
        var id = post.publications().getFirst().id();
        long generation = carillon.bean(Transactions.class)
                .acrossWorkspaces(() -> carillon.bean(Sql.class).of("""
                UPDATE publication SET generation = generation + 1, claimed_at = clock_timestamp(),
                    lease_until = clock_timestamp() + interval '1 minute'
                WHERE id = ? RETURNING generation
                """, id).one(row -> row.number("generation")));
        return new Claim(id, generation);
    }
}
