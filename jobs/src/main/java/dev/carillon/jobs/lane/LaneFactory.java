package dev.carillon.jobs.lane;

import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import jakarta.inject.Singleton;

/** Creates the lane engine for one kind of lane. */
@Singleton
public class LaneFactory {
    private final Transactions transactions;
    private final Sql sql;

    public LaneFactory(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    public Lanes of(LaneTables tables) {
        return new Lanes(transactions, sql, tables);
    }
}
