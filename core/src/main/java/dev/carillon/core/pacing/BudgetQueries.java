package dev.carillon.core.pacing;

import dev.carillon.core.database.Jsonb;
import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Json;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

@Singleton
class BudgetQueries {
    private static final String ENSURE = """
            INSERT INTO publish_budget (owner_id, window_seconds)
            SELECT owner_id, window_seconds FROM unnest(?::uuid[], ?::integer[]) AS wanted (owner_id, window_seconds)
            ORDER BY owner_id, window_seconds
            ON CONFLICT (owner_id, window_seconds) DO NOTHING
            """;
    private static final String LOCK = """
            SELECT budget.* FROM publish_budget AS budget
            JOIN unnest(?::uuid[], ?::integer[]) AS wanted (owner_id, window_seconds)
              ON wanted.owner_id = budget.owner_id AND wanted.window_seconds = budget.window_seconds
            ORDER BY budget.owner_id, budget.window_seconds
            FOR UPDATE OF budget
            """;
    private static final String WRITE = """
            UPDATE publish_budget AS budget SET taken = next.taken
            FROM unnest(?::uuid[], ?::integer[], ?::jsonb[]) AS next (owner_id, window_seconds, taken)
            WHERE budget.owner_id = next.owner_id AND budget.window_seconds = next.window_seconds
            """;

    private final Sql sql;
    private final Json json;

    BudgetQueries(Sql sql, Json json) {
        this.sql = sql;
        this.json = json;
    }

    /**
     * The posts counted in each window, locked until the transaction ends. Windows that were never used are created
     * here.
     */
    Map<BudgetKey, Map<Long, Integer>> lock(Collection<BudgetKey> keys) {
        var owners = Sql.column(keys, BudgetKey::owner);
        var lengths = Sql.column(keys, BudgetKey::windowSeconds);
        sql.of(ENSURE, owners, lengths).update();
        var taken = new HashMap<BudgetKey, Map<Long, Integer>>();
        sql.of(LOCK, owners, lengths)
                .list(row -> taken.put(new BudgetKey(row.uuid("owner_id"), row.integer("window_seconds")), taken(row)));
        return taken;
    }

    /** Platforms count in real time, whatever clock a process uses. Read after waiting for the lock. */
    Instant now() {
        return sql.of("SELECT clock_timestamp() AS now").one(row -> row.instant("now"));
    }

    void write(Map<BudgetKey, Map<Long, Integer>> taken) {
        sql.of(
                        WRITE,
                        Sql.column(taken.keySet(), BudgetKey::owner),
                        Sql.column(taken.keySet(), BudgetKey::windowSeconds),
                        Sql.column(taken.values(), parts -> new Jsonb(json.write(texts(parts)))))
                .update();
    }

    private Map<Long, Integer> taken(Row row) {
        var parts = new HashMap<Long, Integer>();
        json.readTexts(row.text("taken"))
                .forEach((part, posts) -> parts.put(Long.parseLong(part), Integer.parseInt(posts)));
        return parts;
    }

    private static Map<String, String> texts(Map<Long, Integer> parts) {
        var texts = new HashMap<String, String>();
        parts.forEach((part, posts) -> texts.put(part.toString(), posts.toString()));
        return texts;
    }
}
