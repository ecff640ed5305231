package dev.carillon.app.chaos;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.localservers.PostgresAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads what Carillon recorded about its publications, as the owner of its database. */
final class Books {
    private static final String OF_ACCOUNT = """
            SELECT publication.id, status, lease_until IS NOT NULL AS leased, due_at IS NOT NULL AS asked_again, look_ups, cost_micros,
                   attempts, starts.number AS starts, starts.generations, starts.early, starts.cut_off,
                   meter.number AS meter_events, meter.micros AS metered_micros, reservation.state AS reservation
            FROM publication
            CROSS JOIN LATERAL (
                SELECT count(*) AS number, count(DISTINCT generation) AS generations,
                       count(*) FILTER (WHERE started_at < publication.publish_at) AS early,
                       count(*) FILTER (WHERE outcome = 'interrupted') AS cut_off
                FROM attempt WHERE publication_id = publication.id) AS starts
            CROSS JOIN LATERAL (
                SELECT count(*) AS number, coalesce(sum(amount_micros), 0) AS micros
                FROM meter_event WHERE publication_id = publication.id) AS meter
            LEFT JOIN spend_reservation AS reservation ON reservation.publication_id = publication.id
            WHERE account_id = ?
            """;
    private static final String ANY_OPEN = """
            SELECT count(*) AS open FROM publication
            WHERE account_id = ANY (?) AND (lease_until IS NOT NULL OR status IN ('scheduled', 'publishing', 'processing'))
            """;
    private static final String ATTEMPTS = """
            SELECT row_to_json(attempt)::text AS line FROM attempt WHERE publication_id = ? ORDER BY number
            """;
    private static final String PUBLICATION = """
            SELECT row_to_json(publication)::text AS line FROM publication WHERE id = ?
            """;
    private static final String SESSIONS = """
            SELECT format('session %s of %s, %s for %s s, waits for %s: %s', pid, usename, state,
                          round(extract(epoch FROM clock_timestamp() - state_change)), pg_blocking_pids(pid),
                          left(regexp_replace(query, '\\s+', ' ', 'g'), 160)) AS line
            FROM pg_stat_activity
            WHERE pid <> pg_backend_pid() AND (state LIKE 'idle in transaction%' OR state = 'active' AND cardinality(pg_blocking_pids(pid)) > 0)
            """;
    private static final String ASK_NO_MORE = """
            UPDATE publication SET due_at = NULL WHERE account_id = ANY (?) AND status = 'outcome_unknown'
            """;

    private final PostgresAddress owner;
    private final PostgresAddress superuser;

    Books(World world) {
        owner = world.servers().postgres();
        superuser = world.servers().postgresServer().superuser();
    }

    /**
     * A publication as Carillon recorded it.
     *
     * @param askedAgain whether the next attempt or lookup has a time
     * @param lookUps lookups so far
     * @param attempts the count on the publication's row
     * @param starts recorded attempt starts, with the number of their generations and how many of them were too early
     * @param cutOff attempts without a recorded end, because their worker died
     */
    record Line(
            PublicationId id,
            String status,
            boolean leased,
            boolean askedAgain,
            int lookUps,
            long costMicros,
            int attempts,
            int starts,
            int generations,
            int early,
            int cutOff,
            int meterEvents,
            long meteredMicros,
            String reservation) {
        private static Line read(ResultSet row) throws SQLException {
            return new Line(
                    new PublicationId(row.getObject("id", UUID.class)),
                    row.getString("status"),
                    row.getBoolean("leased"),
                    row.getBoolean("asked_again"),
                    row.getInt("look_ups"),
                    row.getLong("cost_micros"),
                    row.getInt("attempts"),
                    row.getInt("starts"),
                    row.getInt("generations"),
                    row.getInt("early"),
                    row.getInt("cut_off"),
                    row.getInt("meter_events"),
                    row.getLong("metered_micros"),
                    String.valueOf(row.getString("reservation")));
        }

        boolean is(String wanted) {
            return status.equals(wanted);
        }
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    List<Line> of(AccountId account) {
        return query(OF_ACCOUNT, Line::read, account.value());
    }

    /** Publications that are claimed or will be claimed. */
    int open(List<AccountId> accounts) {
        return query(ANY_OPEN, row -> row.getInt("open"), (Object) ids(accounts))
                .getFirst();
    }

    /** The rows of a publication and its attempts, as text. */
    List<String> story(PublicationId id) {
        var lines = new ArrayList<>(query(PUBLICATION, row -> row.getString("line"), id.value()));
        lines.addAll(query(ATTEMPTS, row -> row.getString("line"), id.value()));
        return lines;
    }

    /** Sessions that are idle in a transaction, and those that wait for another one. */
    List<String> sessions() {
        try (var connection = DriverManager.getConnection(superuser.jdbcUrl(), superuser.user(), superuser.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(SESSIONS)) {
            var lines = new ArrayList<String>();
            while (rows.next()) {
                lines.add(rows.getString("line"));
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the lookups of unknown outcomes, so that they do not continue in the next scenario. */
    void askNoMore(List<AccountId> accounts) {
        try (var connection = connect();
                var update = connection.prepareStatement(ASK_NO_MORE)) {
            update.setObject(1, ids(accounts));
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static UUID[] ids(List<AccountId> accounts) {
        return accounts.stream().map(AccountId::value).toArray(UUID[]::new);
    }

    private <T> List<T> query(String sql, Reader<T> reader, Object value) {
        try (var connection = connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, value);
            var found = new ArrayList<T>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password());
    }
}
