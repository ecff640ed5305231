package dev.carillon.core.database;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** Statements that a transaction owes: nobody waits for their results, and so they go along with the next one that somebody does wait for. */
final class Debt {
    private static final Statement COMMIT = new Statement("COMMIT");

    private final List<Statement> owed = new ArrayList<>();

    void add(Statement statement) {
        owed.add(statement);
    }

    int size() {
        return owed.size();
    }

    /** All of it, to be run by the caller now. */
    List<Statement> take() {
        var all = List.copyOf(owed);
        owed.clear();
        return all;
    }

    /** Takes back a statement, and all that were added after it; false when it has been run. */
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

    /** Runs all of it and commits in the same round trip, so that whoever commits after this finds it done; nothing where nothing is owed. */
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
