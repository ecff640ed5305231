package dev.carillon.jobs.lane;

import static dev.carillon.jobs.lane.Capacities.rows;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LanesTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(90);

    @RegisterExtension
    private static final JobsDatabase DATABASE = new JobsDatabase();

    private static final Lanes LANES = DATABASE.publications();

    @Test
    void aClaimTakesWhatIsDueAndRaisesTheGeneration() {
        var account = DATABASE.account(DATABASE.tenant());
        var due = DATABASE.due(account, 2, NOON);
        DATABASE.due(account, 1, NOON.plusSeconds(1));

        var claimed = LANES.claim(rows(10), LEASE, NOON);

        assertThat(claimed).extracting(Claimed::id).containsExactlyInAnyOrderElementsOf(due);
        assertThat(claimed).allSatisfy(row -> {
            assertThat(row.generation()).isEqualTo(1);
            assertThat(row.laneKey()).isEqualTo(account.id());
            assertThat(row.partition()).isEqualTo(row.id());
            assertThat(row.workspace()).isEqualTo(account.tenant().workspace());
        });
        assertThat(LANES.claim(rows(10), LEASE, NOON)).isEmpty();
        assertThat(LANES.claim(rows(10), LEASE, NOON.plusSeconds(1))).hasSize(1);
    }

    @Test
    void aClaimTakesNoMoreThanItHasRoomFor() {
        DATABASE.due(DATABASE.account(DATABASE.tenant()), 10, NOON);

        assertThat(LANES.claim(rows(4), LEASE, NOON)).hasSize(4);
        assertThat(LANES.claim(rows(4), LEASE, NOON)).hasSize(4);
        assertThat(LANES.claim(rows(4), LEASE, NOON)).hasSize(2);
    }

    // Without turns between tenants, the tenant with the most posts would delay all others.
    @Test
    void oneRowOfATenantIsInTheFirstClaimBesideTenThousandOfAnother() {
        DATABASE.due(DATABASE.account(DATABASE.tenant()), 10_000, NOON.minusSeconds(60));
        var single = DATABASE.due(DATABASE.account(DATABASE.tenant()), 1, NOON).getFirst();

        var first = LANES.claim(rows(100), LEASE, NOON);

        assertThat(first).extracting(Claimed::id).contains(single);
        assertThat(first).hasSize(51);
    }

    // One plan's share must not go to another plan.
    @Test
    void tenantsShareTheRowsInFlightByTheWeightOfTheirPlans() {
        DATABASE.plan("light", 10_000, 1);
        DATABASE.plan("heavy", 10_000, 3);
        var light = DATABASE.account(DATABASE.tenant("light"));
        var heavy = DATABASE.account(DATABASE.tenant("heavy"));
        DATABASE.due(light, 600, NOON.minusSeconds(60));
        DATABASE.due(heavy, 600, NOON);
        var inFlight = new ArrayDeque<Claimed>(LANES.claim(rows(40), LEASE, NOON));
        var served = new HashMap<UUID, Integer>();

        for (int i = 0; i < 150; i++) {
            // A few rows end, the oldest first, and as many are claimed again.
            var ended = IntStream.rangeClosed(0, i % 4)
                    .mapToObj(n -> inFlight.remove())
                    .toList();
            ended.forEach(row -> served.merge(row.laneKey(), 1, Integer::sum));
            DATABASE.finish(ended.stream().map(Claimed::id).toList());
            inFlight.addAll(LANES.claim(rows(ended.size()), LEASE, NOON));
        }

        double share = served.getOrDefault(heavy.id(), 0)
                / (double) served.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(share).isBetween(0.75 * 0.9, 0.75 * 1.1);
        assertThat(inFlight).hasSize(40);
    }

    // Without a separate lane, "now" would mean "after everything that this account already has due".
    @Test
    void whatIsUrgentDoesNotStandBehindItsAccountsOwnBacklog() {
        var account = DATABASE.account(DATABASE.tenant());
        DATABASE.due(account, 1_000, NOON.minusSeconds(60));
        var now = DATABASE.urgent(account, 1, NOON).getFirst();

        assertThat(LANES.claim(rows(10), LEASE, NOON)).extracting(Claimed::id).contains(now);
    }

    @Test
    void theReserveIsForUrgentRowsAlone() {
        var tenant = DATABASE.tenant();
        var account = DATABASE.account(tenant);
        DATABASE.due(account, 10, NOON);
        var reserve = new ClaimCapacity(5, true, 1_000, 1_000, Map.of());
        assertThat(LANES.claim(reserve, LEASE, NOON)).isEmpty();

        var now = DATABASE.urgent(DATABASE.account(tenant), 2, NOON);

        assertThat(LANES.claim(reserve, LEASE, NOON)).extracting(Claimed::id).containsExactlyInAnyOrderElementsOf(now);
    }

    // Otherwise a hanging host would fill every place with rows that wait for it.
    @Test
    void aHostTakesNoMoreThanItsShare() {
        var tenant = DATABASE.tenant();
        var slow = DATABASE.account(tenant, "https://slow.test/xrpc");
        var quick = DATABASE.account(tenant, "https://quick.test");
        DATABASE.due(slow, 50, NOON.minusSeconds(60));
        DATABASE.due(quick, 50, NOON);

        var first = LANES.claim(new ClaimCapacity(40, false, 1_000, 10, Map.of("bluesky:slow.test", 4)), LEASE, NOON);

        assertThat(first)
                .filteredOn(row -> row.host().equals("bluesky:slow.test"))
                .hasSize(6);
        assertThat(first)
                .filteredOn(row -> row.host().equals("bluesky:quick.test"))
                .hasSize(10);
        assertThat(LANES.claim(new ClaimCapacity(40, false, 1_000, 10, Map.of("bluesky:slow.test", 10)), LEASE, NOON))
                .extracting(Claimed::host)
                .containsOnly("bluesky:quick.test");
    }

    @Test
    void whatStopsAHostStopsEveryLaneThatLeadsThere() {
        var tenant = DATABASE.tenant();
        var one = DATABASE.account(tenant, "https://down.test");
        var another = DATABASE.account(DATABASE.tenant(), "https://down.test");
        var elsewhere = DATABASE.account(tenant, "https://up.test");
        List.of(one, another, elsewhere).forEach(account -> DATABASE.due(account, 1, NOON));
        DATABASE.pauseHostOf(one.id(), NOON.plusSeconds(30));

        assertThat(LANES.claim(rows(10), LEASE, NOON))
                .extracting(Claimed::laneKey)
                .containsExactly(elsewhere.id());
        assertThat(LANES.sweep()).as("the sweep leaves a paused lane as it is").isZero();
        assertThat(LANES.claim(rows(10), LEASE, NOON.plusSeconds(29))).isEmpty();
        assertThat(LANES.claim(rows(10), LEASE, NOON.plusSeconds(30))).hasSize(2);
    }

    @Test
    void aTenantWithManyAccountsDoesNotCrowdOutOneWithASingleAccount() {
        var many = DATABASE.tenant();
        for (int i = 0; i < 70; i++) {
            DATABASE.due(DATABASE.account(many), 1, NOON.minusSeconds(60));
        }
        var single = DATABASE.due(DATABASE.account(DATABASE.tenant()), 1, NOON).getFirst();

        var first = LANES.claim(rows(64), LEASE, NOON);

        // Half for each tenant; the next claim takes the places that the other tenant left.
        assertThat(first).hasSize(33);
        assertThat(first).extracting(Claimed::id).contains(single);
        assertThat(LANES.claim(rows(31), LEASE, NOON)).hasSize(31);
    }

    @Test
    void theLaneThatWaitedLongestComesFirst() {
        var tenant = DATABASE.tenant();
        var accounts = List.of(DATABASE.account(tenant), DATABASE.account(tenant), DATABASE.account(tenant));
        accounts.forEach(account -> DATABASE.due(account, 2, NOON));

        var served = IntStream.range(0, 3)
                .mapToObj(turn -> LANES.claim(rows(1), LEASE, NOON).getFirst().laneKey())
                .toList();

        assertThat(served)
                .containsExactlyInAnyOrderElementsOf(
                        accounts.stream().map(JobsDatabase.Account::id).toList());
    }

    @Test
    void aTenantTakesNoMoreAtATimeThanItsPlanAllows() {
        DATABASE.plan("three", 3);
        var tenant = DATABASE.tenant("three");
        DATABASE.due(DATABASE.account(tenant), 5, NOON);
        DATABASE.due(DATABASE.account(tenant), 5, NOON);

        var first = LANES.claim(rows(100), LEASE, NOON);

        assertThat(first).hasSize(3);
        assertThat(LANES.claim(rows(100), LEASE, NOON)).isEmpty();
        LANES.release(first.subList(0, 1));
        assertThat(LANES.claim(rows(100), LEASE, NOON)).hasSize(1);
    }

    @Test
    void aPausedLaneIsSkippedUntilThePauseIsOver() {
        var tenant = DATABASE.tenant();
        var paused = DATABASE.account(tenant);
        var other = DATABASE.account(tenant);
        DATABASE.due(paused, 2, NOON);
        DATABASE.due(other, 2, NOON);
        assertThat(LANES.claim(rows(2), LEASE, NOON)).hasSize(2);

        DATABASE.pause(paused.id(), NOON.plusSeconds(30));
        DATABASE.due(paused, 1, NOON);

        assertThat(LANES.claim(rows(10), LEASE, NOON))
                .extracting(Claimed::laneKey)
                .containsOnly(other.id());
        assertThat(LANES.sweep()).isZero();
        assertThat(LANES.claim(rows(10), LEASE, NOON.plusSeconds(29))).isEmpty();
        assertThat(LANES.claim(rows(10), LEASE, NOON.plusSeconds(30))).hasSize(2);
    }

    @Test
    void aPauseIsNeverShortened() {
        var account = DATABASE.account(DATABASE.tenant());
        DATABASE.due(account, 2, NOON);
        assertThat(LANES.claim(rows(1), LEASE, NOON)).hasSize(1);

        DATABASE.pause(account.id(), NOON.plusSeconds(30));
        DATABASE.pause(account.id(), NOON.plusSeconds(10));

        assertThat(LANES.claim(rows(1), LEASE, NOON.plusSeconds(20))).isEmpty();
    }

    @Test
    void aSweepFreesARowWhoseLeaseHasPassed() {
        var id = DATABASE.due(DATABASE.account(DATABASE.tenant()), 1, NOON).getFirst();
        assertThat(LANES.claim(rows(1), LEASE, NOON)).hasSize(1);
        assertThat(LANES.sweep()).isZero();

        DATABASE.update("UPDATE publication SET lease_until = clock_timestamp() - interval '1 second'");

        assertThat(LANES.sweep()).isEqualTo(1);
        var again = LANES.claim(rows(1), LEASE, NOON);
        assertThat(again).extracting(Claimed::id).containsExactly(id);
        assertThat(again).extracting(Claimed::generation).containsExactly(2L);
    }

    // A marked row may have been sent: only a lookup at the platform may free it.
    @Test
    void aSweepLeavesAMarkedRowAloneEvenWhenItsLeaseHasPassed() {
        DATABASE.due(DATABASE.account(DATABASE.tenant()), 1, NOON);
        assertThat(LANES.claim(rows(1), LEASE, NOON)).hasSize(1);
        DATABASE.update("""
                UPDATE publication SET status = 'publishing', lease_until = clock_timestamp() - interval '1 second'
                """);

        assertThat(LANES.sweep()).isZero();
        assertThat(LANES.claim(rows(1), LEASE, NOON)).isEmpty();
    }

    @Test
    void aSweepRepairsALaneWhoseHintWasLost() {
        var account = DATABASE.account(DATABASE.tenant());
        var unknown = DATABASE.dueUnannounced(account, 1, NOON);
        assertThat(LANES.claim(rows(1), LEASE, NOON)).isEmpty();

        assertThat(LANES.sweep()).isEqualTo(1);

        assertThat(LANES.claim(rows(1), LEASE, NOON)).extracting(Claimed::id).isEqualTo(unknown);
        assertThat(LANES.sweep()).isZero();
    }

    @Test
    void aSweepRepairsALaneThatWouldWakeTooLate() {
        var account = DATABASE.account(DATABASE.tenant());
        DATABASE.due(account, 1, NOON.plusSeconds(600));
        assertThat(LANES.claim(rows(1), LEASE, NOON)).isEmpty();
        DATABASE.dueUnannounced(account, 1, NOON);

        assertThat(LANES.sweep()).isEqualTo(1);
        assertThat(LANES.claim(rows(2), LEASE, NOON)).hasSize(1);
    }

    @Test
    void aLeaseBelongsToItsClaimOnly() {
        DATABASE.due(DATABASE.account(DATABASE.tenant()), 1, NOON);
        var first = LANES.claim(rows(1), LEASE, NOON).getFirst();
        assertThat(LANES.stillLeased(List.of(first))).containsExactly(new StillLeased(first, true));

        LANES.release(List.of(first));
        var second = LANES.claim(rows(1), LEASE, NOON).getFirst();

        assertThat(LANES.stillLeased(List.of(first))).isEmpty();
        assertThat(LANES.stillLeased(List.of(second))).containsExactly(new StillLeased(second, true));
    }

    @Test
    void deliveriesHaveLanesOfTheirOwn() {
        var tenant = DATABASE.tenant();
        DATABASE.due(DATABASE.account(tenant), 1, NOON);
        var event = DATABASE.delivery(tenant, NOON);
        DATABASE.delivery(tenant, NOON.plusSeconds(1));
        var deliveries = DATABASE.deliveries();

        var claimed = deliveries.claim(rows(10), LEASE, NOON);

        assertThat(claimed).hasSize(1);
        assertThat(claimed.getFirst().partition())
                .isEqualTo(event)
                .isNotEqualTo(claimed.getFirst().id());
        assertThat(deliveries.stillLeased(claimed)).hasSize(1);
        DATABASE.update("UPDATE delivery_lane SET paused_until = '2026-11-22T12:01:00Z'");
        DATABASE.update(
                "UPDATE webhook_delivery SET lease_until = clock_timestamp() - interval '1 second' WHERE lease_until IS NOT NULL");
        assertThat(deliveries.sweep()).isEqualTo(1);
        assertThat(deliveries.claim(rows(10), LEASE, NOON)).isEmpty();
        assertThat(deliveries.claim(rows(10), LEASE, NOON.plusSeconds(60))).hasSize(2);
    }
}
