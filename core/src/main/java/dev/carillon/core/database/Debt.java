package dev.carillon.core.database;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements that a transaction has deferred: the caller does not need their results, so they are sent with the next
 * statement whose result it does need.
 */
final class Debt {
    private static final Statement COMMIT = new Statement("COMMIT");

    private final List<Statement> owed = new ArrayList<>();

    void add(Statement statement) {
        owed.add(statement);
    }

    int size() {
        return owed.size();
    }

    /** Removes and returns all deferred statements; the caller runs them now. */
    List<Statement> take() {
        var all = List.copyOf(owed);
        owed.clear();
        return all;
    }

    /** Removes a statement and all that were deferred after it; false if it has already run. */
    boolean takeBack(Statement statement) {
        int place = owed.indexOf(statement);
        if (place < 0) {
            return false;
        }
        owed.subList(place, owed.size()).clear();
        return true;
    }

    void forget() {
        owed.clear();
    }

    /**
     * Flushes all deferred statements and commits in the same round trip, so that the later commit finds the work done.
     * Does nothing if no statement is deferred.
     */
    void payAndCommit(Connection connection) {
        if (!owed.isEmpty()) {
            owed.add(COMMIT);
            pay(connection);
        }
    }

    void pay(Connection connection) {
        if (!owed.isEmpty()) {
            var all = take();
            Statement.run(connection, all, 0, prepared -> true);
        }
    }
}
