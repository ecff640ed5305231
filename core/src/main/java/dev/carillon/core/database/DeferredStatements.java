package dev.carillon.core.database;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements that a transaction has deferred: the caller does not need their results, so they are sent with the next
 * statement whose result it does need.
 */
final class DeferredStatements {
    private static final Statement COMMIT = new Statement("COMMIT");

    private final List<Statement> deferred = new ArrayList<>();

    void add(Statement statement) {
        deferred.add(statement);
    }

    int size() {
        return deferred.size();
    }

    /** Removes and returns all deferred statements; the caller runs them now. */
    List<Statement> take() {
        var all = List.copyOf(deferred);
        deferred.clear();
        return all;
    }

    /** Removes a statement and all that were deferred after it; false if it has already run. */
    boolean takeBack(Statement statement) {
        int place = deferred.indexOf(statement);
        if (place < 0) {
            return false;
        }
        deferred.subList(place, deferred.size()).clear();
        return true;
    }

    void discard() {
        deferred.clear();
    }

    /**
     * Flushes all deferred statements and commits in the same round trip, so that the later commit finds the work done.
     * Does nothing if no statement is deferred.
     */
    void flushAndCommit(Connection connection) {
        if (!deferred.isEmpty()) {
            deferred.add(COMMIT);
            flush(connection);
        }
    }

    void flush(Connection connection) {
        if (!deferred.isEmpty()) {
            var all = take();
            Statement.run(connection, all, 0, prepared -> true);
        }
    }
}
