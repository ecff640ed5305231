package dev.carillon.jobs.lane;

import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * The lanes of one kind. What is due is business time and comes from the caller; leases run on the database's clock. Every method
 * opens a short transaction across workspaces, or joins the one that is open.
 */
public final class Lanes {
    /** More lanes in one claim would make its transaction long; the next claim follows at once. */
    static final int LANES_PER_CLAIM = 64;

    private static final int HINTS_PER_CLAIM = 10_000;
    private static final int FREED_PER_SWEEP = 5_000;
    private static final int LANES_PER_SWEEP = 1_000;
    private static final UUID BEFORE_THE_FIRST = new UUID(0, 0);

    private final Transactions transactions;
    private final LaneQueries queries;
    private final LeaseQueries leases;
    private final AtomicReference<UUID> sweptUpTo = new AtomicReference<>(BEFORE_THE_FIRST);

    Lanes(Transactions transactions, Sql sql, LaneTables tables) {
        this.transactions = transactions;
        this.queries = new LaneQueries(sql, tables);
        this.leases = new LeaseQueries(sql, tables);
    }

    /**
     * Takes rows that are due, in turns between tenants, the lane that waited longest first. A taken row keeps its status; its lease is
     * set and its generation raised. A tenant takes no more than its plan allows at one time; two claims at the same moment may go
     * past that by what the second took.
     *
     * @param room rows at most
     */
    public List<Claimed> claim(int room, Duration lease, Instant businessNow) {
        if (room <= 0) {
            return List.of();
        }
        return transactions.acrossWorkspaces(() -> {
            if (!queries.anythingDue(businessNow)) {
                return List.of();
            }
            queries.drainHints(HINTS_PER_CLAIM);
            var lanes = queries.lockDueLanes(businessNow, Math.min(room, LANES_PER_CLAIM));
            if (lanes.isEmpty()) {
                return List.of();
            }
            var claimed = queries.claimRows(lanes, businessNow, room / lanes.size(), lease);
            queries.refreshLanes(lanes);
            return claimed;
        });
    }

    /**
     * Frees claimed rows whose lease has passed before they were marked, and repairs lanes that do not know of work they have; the next
     * claim finds both. A call looks at up to 1,000 lanes and the next one goes on from there.
     *
     * @return how many rows were freed and lanes repaired
     */
    public int sweep() {
        return transactions.acrossWorkspaces(() -> {
            // Repair first: a row that is freed here brings its own hint.
            var round = leases.repair(sweptUpTo.get(), LANES_PER_SWEEP);
            int freed = leases.freeExpired(FREED_PER_SWEEP);
            sweptUpTo.set(round.seen() < LANES_PER_SWEEP ? BEFORE_THE_FIRST : round.lastKey());
            return freed + round.wrong();
        });
    }

    /** Leaves a lane alone until then, in business time. A pause is never shortened. */
    public void pause(UUID laneKey, Instant until) {
        pauseAll(Set.of(laneKey), until);
    }

    /** Leaves lanes alone until then; to be called once for all of them, as two calls in one transaction could deadlock with others'. */
    public void pauseAll(Collection<UUID> laneKeys, Instant until) {
        if (laneKeys.isEmpty()) {
            return;
        }
        transactions.acrossWorkspaces(() -> {
            queries.pause(laneKeys, until);
            return laneKeys.size();
        });
    }

    /**
     * Prolongs a lease, from now in database time.
     *
     * @return false when the row is no longer this claim's; it must then be left alone
     */
    public boolean renew(UUID id, UUID partition, long generation, Duration lease) {
        return transactions.acrossWorkspaces(() -> leases.renew(id, partition, generation, lease));
    }

    /** Prolongs the lease of a claimed row, as above. */
    public boolean renew(Claimed row, Duration lease) {
        return renew(row.id(), row.partition(), row.generation(), lease);
    }

    /** Gives claimed rows back that could not be handed over; those that meanwhile went on are left alone. */
    public void release(Collection<Claimed> rows) {
        if (rows.isEmpty()) {
            return;
        }
        transactions.acrossWorkspaces(() -> {
            leases.release(rows);
            return rows.size();
        });
    }

    /** Those of the rows that still have the lease of their claim, or of its renewal. */
    public Set<Claimed> stillLeased(Collection<Claimed> rows) {
        if (rows.isEmpty()) {
            return Set.of();
        }
        var leased = transactions.acrossWorkspaces(() -> leases.stillLeased(rows));
        return rows.stream()
                .filter(row -> Long.valueOf(row.generation()).equals(leased.get(row.id())))
                .collect(Collectors.toUnmodifiableSet());
    }
}
