package dev.carillon.core.database;

import jakarta.inject.Singleton;

/**
 * Maintains the partitioned tables: creates partitions for the coming months and drops those past every plan's
 * retention.
 */
@Singleton
public class PartitionUpkeep {
    private final Transactions transactions;
    private final Sql sql;

    public PartitionUpkeep(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    /**
     * Runs the maintenance; processes that run it at the same time wait for one another.
     *
     * @return how many partitions were created or dropped
     */
    public int keep(int monthsAhead) {
        return transactions.acrossWorkspaces(() ->
                sql.of("SELECT keep_partitions(?) AS changed", monthsAhead).one(row -> row.integer("changed")));
    }
}
