package dev.carillon.core.database;

import jakarta.inject.Singleton;

/**
 * A lock per object, for code that reads an object before it changes it. It does not lock the object's row: it only
 * makes callers that request the same lock wait until the holder's transaction ends. It cannot cause a deadlock with
 * row locks if it is taken before any row of the object is locked.
 */
@Singleton
public class ObjectLocks {
    private static final String LOCK = """
            SELECT pg_advisory_xact_lock(hashtextextended(?, 0))
            """;

    private final Sql sql;

    ObjectLocks(Sql sql) {
        this.sql = sql;
    }

    /**
     * Locks the object for the open transaction. The lock is deferred and sent with the next statement, which is the
     * first to see what earlier holders of the lock committed.
     *
     * @param object its id, or another name that is unique to the object
     */
    public void lock(Object object) {
        sql.of(LOCK, "object " + object).later();
    }
}
