package dev.carillon.core.event;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;

/**
 * Gives committed events their numbers, without gaps, per workspace and mode. Numbering after the commit makes the
 * order safe: a consumer that has read up to a number never sees a smaller one appear later.
 */
@Singleton
public class EventSequencer {
    private final Transactions transactions;
    private final EventQueries queries;

    EventSequencer(Transactions transactions, EventQueries queries) {
        this.transactions = transactions;
        this.queries = queries;
    }

    /**
     * Numbers all events that have no number yet, tenant by tenant.
     *
     * @return how many events got a number
     */
    public int numberAll() {
        return transactions.acrossWorkspaces(queries::unnumberedTenants).stream()
                .mapToInt(tenant -> transactions.acrossWorkspaces(() -> queries.number(tenant)))
                .sum();
    }

    /** Numbers the events of one workspace, so that a caller reads what it has just written. */
    int number(Tenant tenant) {
        return transactions.inWorkspace(tenant.workspace(), () -> queries.number(tenant));
    }
}
