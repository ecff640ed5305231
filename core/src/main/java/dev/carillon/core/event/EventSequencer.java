package dev.carillon.core.event;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;

/**
 * Gives committed events their numbers, without a gap, per workspace and mode. Numbering after the commit is what makes the order
 * safe: whoever has read up to a number never finds a smaller one appear later.
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
     * Numbers whatever waits, tenant by tenant.
     *
     * @return how many events got a number
     */
    public int numberAll() {
        return transactions.acrossWorkspaces(queries::unnumberedTenants).stream()
                .mapToInt(tenant -> transactions.acrossWorkspaces(() -> queries.number(tenant)))
                .sum();
    }

    /** Numbers what waits in one workspace, so that a caller reads what it has just written. */
    int number(Tenant tenant) {
        return transactions.inWorkspace(tenant.workspace(), () -> queries.number(tenant));
    }
}
