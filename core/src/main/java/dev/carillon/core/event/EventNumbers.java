package dev.carillon.core.event;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Finds the range of numbers that the events of a time span have. */
@Singleton
public class EventNumbers {
    private final Transactions transactions;
    private final EventQueries queries;

    EventNumbers(Transactions transactions, EventQueries queries) {
        this.transactions = transactions;
        this.queries = queries;
    }

    /**
     * A range of the log.
     *
     * @param above the number before the first one
     * @param upTo the last number
     */
    public record Stretch(long above, long upTo) {}

    /**
     * A range of numbers that contains every existing event of the time span. It may also contain others: numbers
     * follow the order of commits, which is only roughly that of time. Under a test clock it is unrelated to time, so
     * the range is the whole log.
     *
     * @param since inclusive, in business time
     * @param until exclusive, in business time
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
     * Bisects the log for the first number whose event is at or after the moment. Numbers are in the order of time only
     * for events that are far enough apart in time, so an event near the moment may lie on the wrong side; the caller
     * widens its bounds to allow for that.
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
