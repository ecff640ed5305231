package dev.carillon.core.event;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BiConsumer;

/** Hands every numbered event, in order and at least once, to the code that creates its deliveries. */
@Singleton
public class FanOut {
    private static final int BATCH = 500;

    private final Transactions transactions;
    private final EventQueries queries;

    FanOut(Transactions transactions, EventQueries queries) {
        this.transactions = transactions;
        this.queries = queries;
    }

    /**
     * Processes every tenant that is behind. What {@code take} writes commits together with the tenant's new position.
     *
     * @return how many events were handed over
     */
    public int run(BiConsumer<Tenant, List<RecordedEvent>> take) {
        return transactions.acrossWorkspaces(queries::behind).stream()
                .mapToInt(tenant -> transactions.acrossWorkspaces(() -> handOver(tenant, take)))
                .sum();
    }

    private int handOver(Tenant tenant, BiConsumer<Tenant, List<RecordedEvent>> take) {
        var reached = queries.lockFanOut(tenant);
        if (reached.isEmpty()) {
            return 0;
        }
        var events = queries.nextToFanOut(tenant, reached.get(), BATCH);
        if (!events.isEmpty()) {
            take.accept(tenant, events);
            queries.advanceFanOut(tenant, events.getLast().number());
        }
        return events.size();
    }
}
