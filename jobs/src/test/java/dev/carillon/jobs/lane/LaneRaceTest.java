package dev.carillon.jobs.lane;

import static dev.carillon.jobs.lane.Capacities.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.jobs.JobsDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LaneRaceTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(90);

    @RegisterExtension
    private static final JobsDatabase DATABASE = new JobsDatabase();

    private static final Lanes LANES = DATABASE.publications();

    // Only the generation would stop a row that is claimed twice from being published twice.
    @Test
    void twoClaimersNeverGetTheSameRow() throws Exception {
        var tenant = DATABASE.tenant();
        var all = new ArrayList<UUID>();
        for (int i = 0; i < 8; i++) {
            all.addAll(DATABASE.due(DATABASE.account(tenant), 250, NOON));
        }
        var claimed = new ConcurrentLinkedQueue<UUID>();

        inParallel(Collections.nCopies(4, () -> claimInto(claimed, all.size())));

        assertThat(claimed).containsExactlyInAnyOrderElementsOf(all);
    }

    // A claim reads a lane's rows and then sets when the lane is due next. A row that is committed in between must not
    // be missed, even if its hint has reached the lane meanwhile.
    @Test
    void workThatIsCommittedWhileItsLaneIsRecomputedIsNotForgotten() throws Exception {
        var account = DATABASE.account(DATABASE.tenant());
        DATABASE.due(account, 1, NOON);
        var recomputed = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var found = new ConcurrentLinkedQueue<Claimed>();

        try (var claimers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = claimers.submit(() -> DATABASE.transactions().acrossWorkspaces(() -> {
                var claimed = LANES.claim(rows(10), LEASE, NOON);
                recomputed.countDown();
                awaitQuietly(goOn);
                return claimed;
            }));
            recomputed.await();
            var late = DATABASE.due(account, 1, NOON).getFirst();
            // This claim drains the hint, and waits for the lane that the first claim has locked.
            var second = claimers.submit(() -> LANES.claim(rows(10), LEASE, NOON));
            await().until(() -> DATABASE.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
            goOn.countDown();

            assertThat(first.get()).hasSize(1);
            found.addAll(second.get());
            await().untilAsserted(() -> {
                found.addAll(LANES.claim(rows(10), LEASE, NOON));
                assertThat(found).extracting(Claimed::id).containsExactly(late);
            });
        }
    }

    @Test
    void nothingIsForgottenWhileWritersAndClaimersWorkOnOneLane() throws Exception {
        var account = DATABASE.account(DATABASE.tenant());
        var claimed = new ConcurrentLinkedQueue<UUID>();
        var written = new ConcurrentLinkedQueue<UUID>();
        int posts = 300;

        var work = new ArrayList<Runnable>();
        work.addAll(Collections.nCopies(3, () -> {
            for (int i = 0; i < posts / 3; i++) {
                written.addAll(DATABASE.due(account, 1, NOON));
            }
        }));
        work.addAll(Collections.nCopies(3, () -> claimInto(claimed, posts)));
        inParallel(work);

        assertThat(written).hasSize(posts);
        assertThat(claimed).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void claimsSweepsAndPausesDoNotDeadlock() throws Exception {
        var tenant = DATABASE.tenant();
        var accounts = new ArrayList<JobsDatabase.Account>();
        for (int i = 0; i < 20; i++) {
            accounts.add(DATABASE.account(tenant));
            DATABASE.due(accounts.getLast(), 10, NOON);
        }
        var keys = accounts.stream().map(JobsDatabase.Account::id).toList();
        var claimed = new ConcurrentLinkedQueue<UUID>();

        inParallel(List.of(
                () -> claimInto(claimed, 200),
                () -> claimInto(claimed, 200),
                () -> repeat(() -> keys.forEach(key -> DATABASE.pause(key, NOON.minusSeconds(1)))),
                () -> repeat(() -> DATABASE.pauseHostOf(keys.getFirst(), NOON.minusSeconds(1))),
                () -> repeat(LANES::sweep)));

        assertThat(claimed).hasSize(200).doesNotHaveDuplicates();
    }

    private static void inParallel(List<Runnable> work) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = work.stream().map(threads::submit).toList();
            for (var each : running) {
                each.get();
            }
        }
    }

    private static void repeat(Runnable work) {
        for (int i = 0; i < 50; i++) {
            work.run();
        }
    }

    /** Claims until all rows are found; a missed row makes this time out. */
    private static void claimInto(ConcurrentLinkedQueue<UUID> claimed, int all) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> {
                    LANES.claim(rows(7), LEASE, NOON).forEach(row -> claimed.add(row.id()));
                    return claimed.size() >= all;
                });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
