package dev.carillon.jobs.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.jobs.JobsDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(90);
    private static JobsDatabase database;
    private static Lanes lanes;

    @BeforeAll
    static void start() {
        database = new JobsDatabase();
        lanes = database.publications();
    }

    @BeforeEach
    void clear() {
        database.clear();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void aClaimTakesWhatIsDueAndRaisesTheGeneration() {
        var account = database.account(database.tenant());
        var due = database.due(account, 2, NOON);
        database.due(account, 1, NOON.plusSeconds(1));

        var claimed = lanes.claim(10, LEASE, NOON);

        assertThat(claimed).extracting(Claimed::id).containsExactlyInAnyOrderElementsOf(due);
        assertThat(claimed).allSatisfy(row -> {
            assertThat(row.generation()).isEqualTo(1);
            assertThat(row.laneKey()).isEqualTo(account.id());
            assertThat(row.partition()).isEqualTo(row.id());
            assertThat(row.workspace()).isEqualTo(account.tenant().workspace());
        });
        assertThat(lanes.claim(10, LEASE, NOON)).isEmpty();
        assertThat(lanes.claim(10, LEASE, NOON.plusSeconds(1))).hasSize(1);
    }

    @Test
    void aClaimTakesNoMoreThanItHasRoomFor() {
        database.due(database.account(database.tenant()), 10, NOON);

        assertThat(lanes.claim(4, LEASE, NOON)).hasSize(4);
        assertThat(lanes.claim(4, LEASE, NOON)).hasSize(4);
        assertThat(lanes.claim(4, LEASE, NOON)).hasSize(2);
    }

    // Without turns between tenants, whoever has most posts would decide when everybody else's go out.
    @Test
    void oneRowOfATenantIsInTheFirstClaimBesideTenThousandOfAnother() {
        database.due(database.account(database.tenant()), 10_000, NOON.minusSeconds(60));
        var single = database.due(database.account(database.tenant()), 1, NOON).getFirst();

        var first = lanes.claim(100, LEASE, NOON);

        assertThat(first).extracting(Claimed::id).contains(single);
        assertThat(first).hasSize(51);
    }

    @Test
    void aTenantWithManyAccountsDoesNotCrowdOutOneWithASingleAccount() {
        var many = database.tenant();
        for (int i = 0; i < 70; i++) {
            database.due(database.account(many), 1, NOON.minusSeconds(60));
        }
        var single = database.due(database.account(database.tenant()), 1, NOON).getFirst();

        var first = lanes.claim(64, LEASE, NOON);

        assertThat(first).hasSize(64);
        assertThat(first).extracting(Claimed::id).contains(single);
    }

    @Test
    void theLaneThatWaitedLongestComesFirst() {
        var tenant = database.tenant();
        var accounts = List.of(database.account(tenant), database.account(tenant), database.account(tenant));
        accounts.forEach(account -> database.due(account, 2, NOON));

        var served = IntStream.range(0, 3)
                .mapToObj(turn -> lanes.claim(1, LEASE, NOON).getFirst().laneKey())
                .toList();

        assertThat(served)
                .containsExactlyInAnyOrderElementsOf(
                        accounts.stream().map(JobsDatabase.Account::id).toList());
    }

    @Test
    void aTenantTakesNoMoreAtATimeThanItsPlanAllows() {
        database.plan("three", 3);
        var tenant = database.tenant("three");
        database.due(database.account(tenant), 5, NOON);
        database.due(database.account(tenant), 5, NOON);

        var first = lanes.claim(100, LEASE, NOON);

        assertThat(first).hasSize(3);
        assertThat(lanes.claim(100, LEASE, NOON)).isEmpty();
        lanes.release(first.subList(0, 1));
        assertThat(lanes.claim(100, LEASE, NOON)).hasSize(1);
    }

    @Test
    void aPausedLaneIsSkippedUntilThePauseIsOver() {
        var tenant = database.tenant();
        var paused = database.account(tenant);
        var other = database.account(tenant);
        database.due(paused, 2, NOON);
        database.due(other, 2, NOON);
        assertThat(lanes.claim(2, LEASE, NOON)).hasSize(2);

        lanes.pause(paused.id(), NOON.plusSeconds(30));
        database.due(paused, 1, NOON);

        assertThat(lanes.claim(10, LEASE, NOON)).extracting(Claimed::laneKey).containsOnly(other.id());
        assertThat(lanes.sweep()).isZero();
        assertThat(lanes.claim(10, LEASE, NOON.plusSeconds(29))).isEmpty();
        assertThat(lanes.claim(10, LEASE, NOON.plusSeconds(30))).hasSize(2);
    }

    @Test
    void aPauseIsNeverShortened() {
        var account = database.account(database.tenant());
        database.due(account, 2, NOON);
        assertThat(lanes.claim(1, LEASE, NOON)).hasSize(1);

        lanes.pause(account.id(), NOON.plusSeconds(30));
        lanes.pause(account.id(), NOON.plusSeconds(10));

        assertThat(lanes.claim(1, LEASE, NOON.plusSeconds(20))).isEmpty();
    }

    @Test
    void aSweepFreesARowWhoseLeaseHasPassed() {
        var id = database.due(database.account(database.tenant()), 1, NOON).getFirst();
        assertThat(lanes.claim(1, LEASE, NOON)).hasSize(1);
        assertThat(lanes.sweep()).isZero();

        database.update("UPDATE publication SET lease_until = clock_timestamp() - interval '1 second'");

        assertThat(lanes.sweep()).isEqualTo(1);
        var again = lanes.claim(1, LEASE, NOON);
        assertThat(again).extracting(Claimed::id).containsExactly(id);
        assertThat(again).extracting(Claimed::generation).containsExactly(2L);
    }

    // A marked row may have been sent: only a look-up at the platform may bring it back.
    @Test
    void aSweepLeavesAMarkedRowAloneEvenWhenItsLeaseHasPassed() {
        database.due(database.account(database.tenant()), 1, NOON);
        assertThat(lanes.claim(1, LEASE, NOON)).hasSize(1);
        database.update("""
                UPDATE publication SET status = 'publishing', lease_until = clock_timestamp() - interval '1 second'
                """);

        assertThat(lanes.sweep()).isZero();
        assertThat(lanes.claim(1, LEASE, NOON)).isEmpty();
    }

    @Test
    void aSweepRepairsALaneWhoseHintWasLost() {
        var account = database.account(database.tenant());
        var unknown = database.dueUnannounced(account, 1, NOON);
        assertThat(lanes.claim(1, LEASE, NOON)).isEmpty();

        assertThat(lanes.sweep()).isEqualTo(1);

        assertThat(lanes.claim(1, LEASE, NOON)).extracting(Claimed::id).isEqualTo(unknown);
        assertThat(lanes.sweep()).isZero();
    }

    @Test
    void aSweepRepairsALaneThatWouldWakeTooLate() {
        var account = database.account(database.tenant());
        database.due(account, 1, NOON.plusSeconds(600));
        assertThat(lanes.claim(1, LEASE, NOON)).isEmpty();
        database.dueUnannounced(account, 1, NOON);

        assertThat(lanes.sweep()).isEqualTo(1);
        assertThat(lanes.claim(2, LEASE, NOON)).hasSize(1);
    }

    @Test
    void aLeaseIsRenewedByItsClaimOnly() {
        database.due(database.account(database.tenant()), 1, NOON);
        var first = lanes.claim(1, LEASE, NOON).getFirst();
        assertThat(lanes.renew(first, LEASE)).isTrue();
        assertThat(lanes.stillLeased(List.of(first))).containsExactly(first);

        lanes.release(List.of(first));
        assertThat(lanes.renew(first, LEASE)).isFalse();
        var second = lanes.claim(1, LEASE, NOON).getFirst();

        assertThat(lanes.renew(first, LEASE)).isFalse();
        assertThat(lanes.renew(second, LEASE)).isTrue();
        assertThat(lanes.stillLeased(List.of(first))).isEmpty();
    }

    @Test
    void deliveriesHaveLanesOfTheirOwn() {
        var tenant = database.tenant();
        database.due(database.account(tenant), 1, NOON);
        var event = database.delivery(tenant, NOON);
        database.delivery(tenant, NOON.plusSeconds(1));
        var deliveries = database.deliveries();

        var claimed = deliveries.claim(10, LEASE, NOON);

        assertThat(claimed).hasSize(1);
        assertThat(claimed.getFirst().partition())
                .isEqualTo(event)
                .isNotEqualTo(claimed.getFirst().id());
        assertThat(deliveries.renew(claimed.getFirst(), LEASE)).isTrue();
        deliveries.pauseAll(List.of(claimed.getFirst().laneKey(), new UUID(1, 1)), NOON.plusSeconds(60));
        database.update(
                "UPDATE webhook_delivery SET lease_until = clock_timestamp() - interval '1 second' WHERE lease_until IS NOT NULL");
        assertThat(deliveries.sweep()).isEqualTo(1);
        assertThat(deliveries.claim(10, LEASE, NOON)).isEmpty();
        assertThat(deliveries.claim(10, LEASE, NOON.plusSeconds(60))).hasSize(2);
    }
}
