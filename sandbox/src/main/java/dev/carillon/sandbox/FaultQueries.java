package dev.carillon.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The faults that workspaces requested, with their hits. */
final class FaultQueries {
    private static final String ADD = """
            INSERT INTO sandbox.fault (workspace, id, account_id, kind, seconds, count, probability, seed, created_at)
            SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?
            WHERE (SELECT count(*) FROM sandbox.fault WHERE workspace = ?) < ?
            ON CONFLICT DO NOTHING
            """;

    private static final String FIND = """
            SELECT *
            FROM sandbox.fault
            WHERE workspace = ? AND id = ?
            """;

    private static final String LIST = """
            SELECT *
            FROM sandbox.fault
            WHERE workspace = ? AND (CAST(? AS text) IS NULL OR id < ?)
            ORDER BY id DESC
            LIMIT ?
            """;

    private static final String DELETE = """
            DELETE FROM sandbox.fault
            WHERE workspace = ? AND id = ?
            RETURNING *
            """;

    private static final String LEFT = """
            SELECT *
            FROM sandbox.fault
            WHERE workspace = ? AND (account_id IS NULL OR account_id = ?) AND hits < count
            ORDER BY id
            """;

    private static final String DRAW = """
            UPDATE sandbox.fault
            SET drawn = drawn + 1
            WHERE workspace = ? AND id = ? AND hits < count
            RETURNING drawn
            """;

    private static final String HIT = """
            UPDATE sandbox.fault
            SET hits = hits + 1
            WHERE workspace = ? AND id = ? AND hits < count
            """;

    private static final String HIT_BY_DIRECTIVE = """
            INSERT INTO sandbox.directive_hit AS earlier (account_id, client_key, kind, hits)
            VALUES (?, ?, ?, 1)
            ON CONFLICT (account_id, client_key, kind) DO UPDATE SET hits = earlier.hits + 1 WHERE earlier.hits < ?
            """;

    private final Database database;

    FaultQueries(Database database) {
        this.database = database;
    }

    /** Adds a fault; false if its id is taken or the workspace already has {@code most}. */
    boolean add(Fault fault, int most) {
        return database.update(
                        ADD,
                        fault.workspace(),
                        fault.id(),
                        fault.account(),
                        fault.trouble().kind().wireName(),
                        fault.trouble().seconds(),
                        fault.count(),
                        fault.probability(),
                        fault.seed(),
                        fault.createdAt(),
                        fault.workspace(),
                        most)
                == 1;
    }

    Optional<Fault> find(String workspace, String id) {
        return database.query(FIND, FaultQueries::read, workspace, id).stream().findFirst();
    }

    /** Faults with ids below {@code before}, newest first; from the newest if it is null. */
    List<Fault> list(String workspace, @Nullable String before, int limit) {
        return database.query(LIST, FaultQueries::read, workspace, before, before, limit);
    }

    Optional<Fault> delete(String workspace, String id) {
        return database.query(DELETE, FaultQueries::read, workspace, id).stream()
                .findFirst();
    }

    /** Faults with hits left that may affect a call of this account, oldest first. */
    List<Fault> left(String workspace, String account) {
        return database.query(LEFT, FaultQueries::read, workspace, account);
    }

    /** Whether the fault affects the current call. If several calls race for the last hit, one of them gets it. */
    boolean strikes(Fault fault) {
        return database.query(DRAW, row -> row.getLong("drawn"), fault.workspace(), fault.id()).stream()
                .anyMatch(number -> fault.strikes(number) && database.update(HIT, fault.workspace(), fault.id()) == 1);
    }

    /** Whether the fault directive affects the call with this client key; it affects {@code times} of them. */
    boolean strikesByDirective(String account, String clientKey, FaultKind kind, int times) {
        return database.update(HIT_BY_DIRECTIVE, account, clientKey, kind.wireName(), times) == 1;
    }

    private static Fault read(ResultSet row) throws SQLException {
        var kind = FaultKind.named(row.getString("kind")).orElseThrow();
        return new Fault(
                row.getString("id"),
                row.getString("workspace"),
                row.getString("account_id"),
                new Trouble(kind, row.getInt("seconds")),
                row.getInt("count"),
                row.getDouble("probability"),
                row.getInt("seed"),
                row.getInt("hits"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
