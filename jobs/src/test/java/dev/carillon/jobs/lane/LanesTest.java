package dev.carillon.jobs.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.jobs.JobsDatabase;
import dev.carillon.jobs.lane.Lanes.StillLeased;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

        var claimed = lanes.claim(ClaimRoom.of(10), LEASE, NOON);

        assertThat(claimed).extracting(Claimed::id).containsExactlyInAnyOrderElementsOf(due);
        assertThat(claimed).allSatisfy(row -> {
            assertThat(row.generation()).isEqualTo(1);
            assertThat(row.laneKey()).isEqualTo(account.id());
            assertThat(row.partition()).isEqualTo(row.id());
            assertThat(row.workspace()).isEqualTo(account.tenant().workspace());
        });
        assertThat(lanes.claim(ClaimRoom.of(10), LEASE, NOON)).isEmpty();
        assertThat(lanes.claim(ClaimRoom.of(10), LEASE, NOON.plusSeconds(1))).hasSize(1);
    }

    @Test
    void aClaimTakesNoMoreThanItHasRoomFor() {
        database.due(database.account(database.tenant()), 10, NOON);

        assertThat(lanes.claim(ClaimRoom.of(4), LEASE, NOON)).hasSize(4);
        assertThat(lanes.claim(ClaimRoom.of(4), LEASE, NOON)).hasSize(4);
        assertThat(lanes.claim(ClaimRoom.of(4), LEASE, NOON)).hasSize(2);
    }

    // Without turns between tenants, whoever has most posts would decide when everybody else's go out.
    @Test
    void oneRowOfATenantIsInTheFirstClaimBesideTenThousandOfAnother() {
        database.due(database.account(database.tenant()), 10_000, NOON.minusSeconds(60));
        var single = database.due(database.account(database.tenant()), 1, NOON).getFirst();

        var first = lanes.claim(ClaimRoom.of(100), LEASE, NOON);

        assertThat(first).extracting(Claimed::id).contains(single);
        assertThat(first).hasSize(51);
    }

    // What one plan pays for must not be given to another.
    @Test
    void tenantsShareTheRowsInFlightByTheWeightOfTheirPlans() {
        database.plan("light", 10_000, 1);
        database.plan("heavy", 10_000, 3);
        var light = database.account(database.tenant("light"));
        var heavy = database.account(database.tenant("heavy"));
        database.due(light, 600, NOON.minusSeconds(60));
        database.due(heavy, 600, NOON);
        var inFlight = new ArrayDeque<Claimed>(lanes.claim(ClaimRoom.of(40), LEASE, NOON));
        var served = new HashMap<UUID, Integer>();

        for (int i = 0; i < 150; i++) {
            // A few rows end, the oldest first, and as many are claimed anew.
            var ended = IntStream.rangeClosed(0, i % 4)
                    .mapToObj(n -> inFlight.remove())
                    .toList();
            ended.forEach(row -> served.merge(row.laneKey(), 1, Integer::sum));
            database.finish(ended.stream().map(Claimed::id).toList());
            inFlight.addAll(lanes.claim(ClaimRoom.of(ended.size()), LEASE, NOON));
        }

        double share = served.getOrDefault(heavy.id(), 0)
                / (double) served.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(share).isBetween(0.75 * 0.9, 0.75 * 1.1);
        assertThat(inFlight).hasSize(40);
    }

    // Without lanes of its own, "now" would mean: after everything that this account has due already.
    @Test
    void whatIsUrgentDoesNotStandBehindItsAccountsOwnBacklog() {
        var account = database.account(database.tenant());
        database.due(account, 1_000, NOON.minusSeconds(60));
        var now = database.urgent(account, 1, NOON).getFirst();

        assertThat(lanes.claim(ClaimRoom.of(10), LEASE, NOON))
                .extracting(Claimed::id)
                .contains(now);
    }

    @Test
    void theReserveIsForUrgentRowsAlone() {
        var tenant = database.tenant();
        var account = database.account(tenant);
        database.due(account, 10, NOON);
        var reserve = new ClaimRoom(5, true, 1_000, 1_000, Map.of());
        assertThat(lanes.claim(reserve, LEASE, NOON)).isEmpty();

        var now = database.urgent(database.account(tenant), 2, NOON);

        assertThat(lanes.claim(reserve, LEASE, NOON)).extracting(Claimed::id).containsExactlyInAnyOrderElementsOf(now);
    }

    // A host that hangs would otherwise fill every place with rows that wait for it.
    @Test
    void aHostTakesNoMoreThanItsShare() {
        var tenant = database.tenant();
        var slow = database.account(tenant, "https://slow.test/xrpc");
        var quick = database.account(tenant, "https://quick.test");
        database.due(slow, 50, NOON.minusSeconds(60));
        database.due(quick, 50, NOON);

        var first = lanes.claim(new ClaimRoom(40, false, 1_000, 10, Map.of("bluesky:slow.test", 4)), LEASE, NOON);

        assertThat(first)
                .filteredOn(row -> row.host().equals("bluesky:slow.test"))
                .hasSize(6);
        assertThat(first)
                .filteredOn(row -> row.host().equals("bluesky:quick.test"))
                .hasSize(10);
        assertThat(lanes.claim(new ClaimRoom(40, false, 1_000, 10, Map.of("bluesky:slow.test", 10)), LEASE, NOON))
                .extracting(Claimed::host)
                .containsOnly("bluesky:quick.test");
    }

    @Test
    void whatStopsAHostStopsEveryLaneThatLeadsThere() {
        var tenant = database.tenant();
        var one = database.account(tenant, "https://down.test");
        var another = database.account(database.tenant(), "https://down.test");
        var elsewhere = database.account(tenant, "https://up.test");
        List.of(one, another, elsewhere).forEach(account -> database.due(account, 1, NOON));
        database.pauseHostOf(one.id(), NOON.plusSeconds(30));

        assertThat(lanes.claim(ClaimRoom.of(10), LEASE, NOON))
                .extracting(Claimed::laneKey)
                .containsExactly(elsewhere.id());
        assertThat(lanes.sweep()).as("a stopped lane is not a wrong one").isZero();
        assertThat(lanes.claim(ClaimRoom.of(10), LEASE, NOON.plusSeconds(29))).isEmpty();
        assertThat(lanes.claim(ClaimRoom.of(10), LEASE, NOON.plusSeconds(30))).hasSize(2);
    }

    @Test
    void aTenantWithManyAccountsDoesNotCrowdOutOneWithASingleAccount() {
        var many = database.tenant();
        for (int i = 0; i < 70; i++) {
            database.due(database.account(many), 1, NOON.minusSeconds(60));
        }
        var single = database.due(database.account(database.tenant()), 1, NOON).getFirst();

        var first = lanes.claim(ClaimRoom.of(64), LEASE, NOON);

        // Half for each; what the other one has no rows for is taken by the claim that follows at once.
        assertThat(first).hasSize(33);
        assertThat(first).extracting(Claimed::id).contains(single);
        assertThat(lanes.claim(ClaimRoom.of(31), LEASE, NOON)).hasSize(31);
    }

    @Test
    void theLaneThatWaitedLongestComesFirst() {
        var tenant = database.tenant();
        var accounts = List.of(database.account(tenant), database.account(tenant), database.account(tenant));
        accounts.forEach(account -> database.due(account, 2, NOON));

        var served = IntStream.range(0, 3)
                .mapToObj(turn ->
                        lanes.claim(ClaimRoom.of(1), LEASE, NOON).getFirst().laneKey())
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

        var first = lanes.claim(ClaimRoom.of(100), LEASE, NOON);

        assertThat(first).hasSize(3);
        assertThat(lanes.claim(ClaimRoom.of(100), LEASE, NOON)).isEmpty();
        lanes.release(first.subList(0, 1));
        assertThat(lanes.claim(ClaimRoom.of(100), LEASE, NOON)).hasSize(1);
    }

    @Test
    void aPausedLaneIsSkippedUntilThePauseIsOver() {
        var tenant = database.tenant();
        var paused = database.account(tenant);
        var other = database.account(tenant);
        database.due(paused, 2, NOON);
        database.due(other, 2, NOON);
        assertThat(lanes.claim(ClaimRoom.of(2), LEASE, NOON)).hasSize(2);

        database.pause(paused.id(), NOON.plusSeconds(30));
        database.due(paused, 1, NOON);

        assertThat(lanes.claim(ClaimRoom.of(10), LEASE, NOON))
                .extracting(Claimed::laneKey)
                .containsOnly(other.id());
        assertThat(lanes.sweep()).isZero();
        assertThat(lanes.claim(ClaimRoom.of(10), LEASE, NOON.plusSeconds(29))).isEmpty();
        assertThat(lanes.claim(ClaimRoom.of(10), LEASE, NOON.plusSeconds(30))).hasSize(2);
    }

    @Test
    void aPauseIsNeverShortened() {
        var account = database.account(database.tenant());
        database.due(account, 2, NOON);
        assertThat(lanes.claim(ClaimRoom.of(1), LEASE, NOON)).hasSize(1);

        database.pause(account.id(), NOON.plusSeconds(30));
        database.pause(account.id(), NOON.plusSeconds(10));

        assertThat(lanes.claim(ClaimRoom.of(1), LEASE, NOON.plusSeconds(20))).isEmpty();
    }

    @Test
    void aSweepFreesARowWhoseLeaseHasPassed() {
        var id = database.due(database.account(database.tenant()), 1, NOON).getFirst();
        assertThat(lanes.claim(ClaimRoom.of(1), LEASE, NOON)).hasSize(1);
        assertThat(lanes.sweep()).isZero();

        database.update("UPDATE publication SET lease_until = clock_timestamp() - interval '1 second'");

        assertThat(lanes.sweep()).isEqualTo(1);
        var again = lanes.claim(ClaimRoom.of(1), LEASE, NOON);
        assertThat(again).extracting(Claimed::id).containsExactly(id);
        assertThat(again).extracting(Claimed::generation).containsExactly(2L);
    }

    // A marked row may have been sent: only a look-up at the platform may bring it back.
    @Test
    void aSweepLeavesAMarkedRowAloneEvenWhenItsLeaseHasPassed() {
        database.due(database.account(database.tenant()), 1, NOON);
        assertThat(lanes.claim(ClaimRoom.of(1), LEASE, NOON)).hasSize(1);
        database.update("""
                UPDATE publication SET status = 'publishing', lease_until = clock_timestamp() - interval '1 second'
                """);

        assertThat(lanes.sweep()).isZero();
        assertThat(lanes.claim(ClaimRoom.of(1), LEASE, NOON)).isEmpty();
    }

    @Test
    void aSweepRepairsALaneWhoseHintWasLost() {
        var account = database.account(database.tenant());
        var unknown = database.dueUnannounced(account, 1, NOON);
        assertThat(lanes.claim(ClaimRoom.of(1), LEASE, NOON)).isEmpty();

        assertThat(lanes.sweep()).isEqualTo(1);

        assertThat(lanes.claim(ClaimRoom.of(1), LEASE, NOON))
                .extracting(Claimed::id)
                .isEqualTo(unknown);
        assertThat(lanes.sweep()).isZero();
    }

    @Test
    void aSweepRepairsALaneThatWouldWakeTooLate() {
        var account = database.account(database.tenant());
        database.due(account, 1, NOON.plusSeconds(600));
        assertThat(lanes.claim(ClaimRoom.of(1), LEASE, NOON)).isEmpty();
        database.dueUnannounced(account, 1, NOON);

        assertThat(lanes.sweep()).isEqualTo(1);
        assertThat(lanes.claim(ClaimRoom.of(2), LEASE, NOON)).hasSize(1);
    }

    @Test
    void aLeaseIsRenewedByItsClaimOnly() {
        database.due(database.account(database.tenant()), 1, NOON);
        var first = lanes.claim(ClaimRoom.of(1), LEASE, NOON).getFirst();
        assertThat(lanes.renew(first, LEASE)).isTrue();
        assertThat(lanes.stillLeased(List.of(first))).containsExactly(new StillLeased(first, true));

        lanes.release(List.of(first));
        assertThat(lanes.renew(first, LEASE)).isFalse();
        var second = lanes.claim(ClaimRoom.of(1), LEASE, NOON).getFirst();

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

        var claimed = deliveries.claim(ClaimRoom.of(10), LEASE, NOON);

        assertThat(claimed).hasSize(1);
        assertThat(claimed.getFirst().partition())
                .isEqualTo(event)
                .isNotEqualTo(claimed.getFirst().id());
        assertThat(deliveries.renew(claimed.getFirst(), LEASE)).isTrue();
        database.update("UPDATE delivery_lane SET paused_until = '2026-11-22T12:01:00Z'");
        database.update(
                "UPDATE webhook_delivery SET lease_until = clock_timestamp() - interval '1 second' WHERE lease_until IS NOT NULL");
        assertThat(deliveries.sweep()).isEqualTo(1);
        assertThat(deliveries.claim(ClaimRoom.of(10), LEASE, NOON)).isEmpty();
        assertThat(deliveries.claim(ClaimRoom.of(10), LEASE, NOON.plusSeconds(60)))
                .hasSize(2);
    }
}
