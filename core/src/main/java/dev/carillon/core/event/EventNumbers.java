package dev.carillon.core.event;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Between which numbers the events of some time lie. */
@Singleton
public class EventNumbers {
    private final Transactions transactions;
    private final EventQueries queries;

    EventNumbers(Transactions transactions, EventQueries queries) {
        this.transactions = transactions;
        this.queries = queries;
    }

    /**
     * A stretch of the log.
     *
     * @param above the number before its first one
     * @param upTo its last one
     */
    public record Stretch(long above, long upTo) {}

    /**
     * The numbers that every event of that time has, of those that there are now. It may hold others too: numbers are given in the order of
     * commits, which is not quite that of time, and under a test clock not that of time at all, so that there all of the log is meant.
     *
     * @param since inclusive, in business time
     * @param until exclusive, likewise
     */
    public Stretch between(Tenant tenant, Instant since, Instant until) {
        return transactions.inWorkspace(tenant.workspace(), () -> {
            queries.number(tenant);
            long last = queries.lastNumber(tenant);
            long first = queries.firstFrom(tenant, 0)
                    .map(EventQueries.Numbered::number)
                    .orElse(last + 1);
            return tenant.mode().livemode()
                    ? new Stretch(
                            firstAt(tenant, since.minus(EventConditions.APART), first, last) - 1,
                            firstAt(tenant, until.plus(EventConditions.APART), first, last) - 1)
                    : new Stretch(first - 1, last);
        });
    }

    /**
     * Halves the log until it finds a number from which on an event is as late as this, and before which one is not. Since two events lie in
     * the order of their times where these are far enough apart, that holds for all others as well, but for as much as that.
     */
    private long firstAt(Tenant tenant, Instant moment, long first, long last) {
        long low = first;
        long high = last + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            var found = queries.firstFrom(tenant, middle);
            if (found.isEmpty() || !found.get().createdAt().isBefore(moment)) {
                high = middle;
            } else {
                low = found.get().number() + 1;
            }
        }
        return low;
    }
}
