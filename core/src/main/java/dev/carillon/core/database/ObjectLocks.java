package dev.carillon.core.database;

import jakarta.inject.Singleton;

/**
 * A lock per object, for those who read an object before they change it. It is no lock on the object's row: only work that asks for it waits for
 * others that have it, until their transaction ends. Taken before any row of the object is locked, it cannot take part in a deadlock with them.
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
     * Locks the object for the open transaction. The statement goes along with the next one, which is the first to see what others committed
     * that had the lock before.
     *
     * @param object its id, or another name that no other object has
     */
    public void lock(Object object) {
        sql.of(LOCK, "object " + object).later();
    }
}
