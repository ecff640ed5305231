package dev.carillon.core.database;

import jakarta.inject.Singleton;

/** Keeps the partitioned tables: makes the months to come, drops those past every plan's retention. */
@Singleton
public class PartitionUpkeep {
    private final Transactions transactions;
    private final Sql sql;

    public PartitionUpkeep(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    /**
     * Runs the upkeep; processes that do so at once wait for one another.
     *
     * @return how many partitions were made or dropped
     */
    public int keep(int monthsAhead) {
        return transactions.acrossWorkspaces(() ->
                sql.of("SELECT keep_partitions(?) AS changed", monthsAhead).one(row -> row.integer("changed")));
    }
}
