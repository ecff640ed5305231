package dev.carillon.jobs.lane;

import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import dev.carillon.jobs.lane.LaneQueries.LockedLane;
import dev.carillon.jobs.lane.LaneQueries.ServedLane;
import dev.carillon.jobs.lane.LeaseQueries.LaneKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * The lanes of one kind. Due times are business time, which the caller passes; leases run on the database's clock.
 * Every method opens a short transaction across workspaces, or joins the open one.
 */
public final class Lanes {
    /** More lanes per claim would make its transaction long; the next claim follows at once. */
    static final int LANES_PER_CLAIM = 64;

    private static final int HINTS_PER_CLAIM = 10_000;
    private static final int FREED_PER_SWEEP = 5_000;
    private static final int LANES_PER_SWEEP = 1_000;

    private final Transactions transactions;
    private final LaneQueries queries;
    private final LeaseQueries leases;
    private final AtomicReference<LaneKey> sweptUpTo = new AtomicReference<>(LaneKey.BEFORE_THE_FIRST);

    Lanes(Transactions transactions, Sql sql, LaneTables tables) {
        this.transactions = transactions;
        this.queries = new LaneQueries(sql, tables);
        this.leases = new LeaseQueries(sql, tables);
    }

    /**
     * Claims due rows: tenants by the weight of their plans, and within a tenant the lane that waited longest first. A
     * claimed row keeps its status; its lease is set and its generation raised. A tenant has no more rows in flight
     * than its plan allows, a tenth of which is reserved for urgent rows. Two claims at the same moment may exceed this
     * by what the second one took.
     */
    public List<Claimed> claim(ClaimCapacity capacity, Duration lease, Instant businessNow) {
        if (capacity.rows() <= 0) {
            return List.of();
        }
        return transactions.acrossWorkspaces(() -> {
            if (!queries.anythingDue(businessNow)) {
                return List.of();
            }
            queries.doNotWaitForDisk();
            queries.readIndexesPlainly();
            queries.drainHints(HINTS_PER_CLAIM);
            queries.takeOverPauses(businessNow);
            var locked = queries.lockDueLanes(businessNow, capacity, Math.min(capacity.rows(), LANES_PER_CLAIM));
            var served = shared(locked, capacity);
            if (served.isEmpty()) {
                return List.of();
            }
            var claimed = queries.claimRows(served, businessNow, lease);
            pace(served, claimed, lease, businessNow);
            queries.refreshLanes(served);
            return claimed;
        });
    }

    /** Pauses the lanes that have a rate limit. */
    private void pace(List<ServedLane> served, List<Claimed> claimed, Duration lease, Instant now) {
        var paced = served.stream()
                .map(ServedLane::lane)
                .filter(lane -> lane.pace().isBound())
                .toList();
        if (!paced.isEmpty()) {
            var taken = claimed.stream().collect(Collectors.groupingBy(Claimed::laneKey, Collectors.counting()));
            queries.paceLanes(
                    paced.stream().collect(Collectors.toMap(LaneQueries.LockedLane::key, lane -> lane.pace()
                            .pauseAfter(taken.getOrDefault(lane.key(), 0L), lease)
                            .toMillis())),
                    now);
        }
    }

    /** Divides each tenant's allowance among its lanes, within the available room. */
    private static List<ServedLane> shared(List<LockedLane> locked, ClaimCapacity capacity) {
        var lanesOf = locked.stream().collect(Collectors.groupingBy(LockedLane::tenant, Collectors.counting()));
        var leftOf = new HashMap<LaneQueries.Tenant, Long>();
        var left = capacity.left();
        var served = new ArrayList<ServedLane>();
        for (var lane : locked) {
            long lanes = Objects.requireNonNull(lanesOf.get(lane.tenant()));
            long ofTenant = leftOf.getOrDefault(lane.tenant(), lane.allowance());
            long each = Math.min(ofTenant, Math.ceilDiv(lane.allowance(), lanes));
            int rows = left.give(lane.host(), Math.min(each, lane.pace().mostRows()));
            leftOf.put(lane.tenant(), ofTenant - rows);
            if (rows > 0) {
                served.add(new ServedLane(lane, rows));
            }
        }
        return served;
    }

    /**
     * Frees claimed rows whose lease expired before they were marked, and repairs lanes whose next due time misses some
     * of their rows; the next claim finds both. A call checks up to 1,000 lanes, and the next one continues from there.
     *
     * @return how many rows were freed and lanes repaired
     */
    public int sweep() {
        return transactions.acrossWorkspaces(() -> {
            // Repair first: a row freed here adds its own hint.
            var round = leases.repair(sweptUpTo.get(), LANES_PER_SWEEP);
            int freed = leases.freeExpired(FREED_PER_SWEEP);
            sweptUpTo.set(round.seen() < LANES_PER_SWEEP ? LaneKey.BEFORE_THE_FIRST : round.last());
            return freed + round.wrong();
        });
    }

    /** Releases claimed rows that could not be handed over; rows that have moved on since are left alone. */
    public void release(Collection<Claimed> rows) {
        if (rows.isEmpty()) {
            return;
        }
        transactions.acrossWorkspaces(() -> {
            leases.release(rows);
            return rows.size();
        });
    }

    /**
     * A row that was neither released nor finished since its claim.
     *
     * @param waiting whether work on the row has not started
     */
    public record StillLeased(Claimed row, boolean waiting) {}

    /** The rows that still have the lease of their claim, renewed or not. */
    public List<StillLeased> stillLeased(Collection<Claimed> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var leased = transactions.acrossWorkspaces(() -> leases.stillLeased(rows));
        return rows.stream()
                .flatMap(row -> Optional.ofNullable(leased.get(row.id()))
                        .filter(found -> found.generation() == row.generation())
                        .map(found -> new StillLeased(row, found.waiting()))
                        .stream())
                .toList();
    }
}
