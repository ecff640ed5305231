package dev.carillon.jobs;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.carillon.core.database.DatabasePools;
import dev.carillon.core.database.DatabaseRole;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.sealing.MasterKey;
import dev.carillon.jobs.lane.LaneFactory;
import dev.carillon.jobs.lane.LaneTables;
import dev.carillon.jobs.lane.Lanes;
import dev.carillon.testkit.TestDatabase;
import io.micronaut.context.ApplicationContext;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The database of one test class, with the beans of this process and rows of work to claim. As a registered extension, it is cleared before
 * each test and closed after the last.
 */
public final class JobsDatabase implements AutoCloseable, BeforeEachCallback, AfterAllCallback {
    private static final String HINT =
            "INSERT INTO publication_hint (workspace_id, livemode, lane_key, due_at) VALUES (?, true, ?, ?)";

    private final TestDatabase database = TestDatabase.fresh();
    private final ApplicationContext beans = ApplicationContext.run(Map.of(
            "carillon.database.dispatch-url", database.jdbcUrl(),
            "carillon.database.dispatch-user", database.dispatchUser(),
            "carillon.database.dispatch-password", database.dispatchPassword(),
            "carillon.redis.url", "redis://127.0.0.1:1",
            "carillon.master-key", MasterKey.generate()));

    /** A tenant with one account group. */
    public record Tenant(WorkspaceId workspace, UUID group) {}

    /** An account, which is a lane. */
    public record Account(Tenant tenant, UUID id) {}

    public ApplicationContext beans() {
        return beans;
    }

    public Transactions transactions() {
        return beans.getBean(Transactions.class);
    }

    public Lanes publications() {
        return beans.getBean(LaneFactory.class).of(LaneTables.PUBLICATIONS);
    }

    public Lanes deliveries() {
        return beans.getBean(LaneFactory.class).of(LaneTables.DELIVERIES);
    }

    public DataSource dispatchPool() {
        return beans.getBean(DatabasePools.class).pool(DatabaseRole.DISPATCH);
    }

    /** Deletes everything that the tests of a class share. */
    public void clear() {
        update(
                "TRUNCATE workspace, platform_host, publication_lane, publication_hint, delivery_lane, delivery_hint, webhook_delivery CASCADE");
        update("TRUNCATE worker_jobs.jobrunr_jobs");
    }

    public Tenant tenant() {
        return tenant("self_hosted");
    }

    public Tenant tenant(String plan) {
        var workspace = newId();
        var group = newId();
        update("INSERT INTO workspace (id, name, plan_id) VALUES (?, 'one', ?)", workspace, plan);
        update(
                "INSERT INTO account_group (id, workspace_id, livemode, name) VALUES (?, ?, true, 'group')",
                group,
                workspace);
        return new Tenant(new WorkspaceId(workspace), group);
    }

    public void plan(String id, int maxInFlight) {
        plan(id, maxInFlight, 1);
    }

    public void plan(String id, int maxInFlight, int weight) {
        update("""
                INSERT INTO plan (id, name, fee_micros, currency, weight, max_in_flight, max_webhook_endpoints, retention_days)
                VALUES (?, 'small', 0, 'usd', ?, ?, 1, 1)
                ON CONFLICT (id) DO UPDATE SET weight = excluded.weight, max_in_flight = excluded.max_in_flight
                """, id, weight, maxInFlight);
    }

    /** Marks rows as published. */
    public void finish(List<UUID> rows) {
        update("UPDATE publication SET status = 'published', lease_until = NULL WHERE id = ANY (?)", (Object)
                rows.toArray(UUID[]::new));
    }

    /** Pauses the lanes of an account, as an outcome with a pause does. */
    public void pause(UUID account, Instant until) {
        update("""
                UPDATE publication_lane
                SET paused_until = greatest(paused_until, ?), next_due_at = greatest(next_due_at, ?)
                WHERE (lane_key, urgent) IN (
                    SELECT lane_key, urgent FROM publication_lane WHERE lane_key = ? ORDER BY urgent FOR UPDATE)
                """, until.atOffset(ZoneOffset.UTC), until.atOffset(ZoneOffset.UTC), account);
    }

    /** Pauses the host of an account. */
    public void pauseHostOf(UUID account, Instant until) {
        update("""
                INSERT INTO platform_host (host, paused_until) SELECT host, ? FROM account WHERE id = ?
                ON CONFLICT (host) DO UPDATE SET paused_until = excluded.paused_until
                """, until.atOffset(ZoneOffset.UTC), account);
    }

    public Account account(Tenant tenant) {
        return account(tenant, "https://bsky.test");
    }

    public Account account(Tenant tenant, String serviceUrl) {
        var id = newId();
        update("""
                INSERT INTO platform_app (id, platform, client) VALUES (?, 'bluesky', 'one') ON CONFLICT DO NOTHING
                """, newId());
        update("""
                INSERT INTO account (id, workspace_id, livemode, platform, external_id, account_group_id, platform_app_id, username, status, service_url)
                SELECT ?, ?, true, 'bluesky', ?, ?, id, 'someone', 'active', ? FROM platform_app LIMIT 1
                """, id, tenant.workspace().value(), id.toString(), tenant.group(), serviceUrl);
        return new Account(tenant, id);
    }

    /** Creates due publications with their hint, committed together. */
    public List<UUID> due(Account account, int count, Instant at) {
        return due(account, count, at, true);
    }

    /** Creates due publications without a hint, as if it were lost. */
    public List<UUID> dueUnannounced(Account account, int count, Instant at) {
        return due(account, count, at, false);
    }

    /** Creates publications with "publish": "now", with their hint. */
    public List<UUID> urgent(Account account, int count, Instant at) {
        var ids = due(account, count, at, false);
        update("UPDATE publication SET urgent = true WHERE id = ANY (?)", (Object) ids.toArray(UUID[]::new));
        update(
                "INSERT INTO publication_hint (workspace_id, livemode, lane_key, urgent, due_at) VALUES (?, true, ?, true, ?)",
                account.tenant().workspace().value(),
                account.id(),
                at.atOffset(ZoneOffset.UTC));
        return ids;
    }

    private List<UUID> due(Account account, int count, Instant at, boolean announced) {
        var ids = new ArrayList<UUID>();
        try (var connection = database.asOwner().getConnection()) {
            connection.setAutoCommit(false);
            var workspace = account.tenant().workspace().value();
            var post = newId();
            var now = at.atOffset(ZoneOffset.UTC);
            execute(connection, """
                    INSERT INTO post (id, workspace_id, livemode, status, revision, created_at, updated_at)
                    VALUES (?, ?, true, 'scheduled', 1, ?, ?)
                    """, post, workspace, now, now);
            execute(connection, """
                    INSERT INTO post_revision (post_id, number, workspace_id, livemode, content, created_at) VALUES (?, 1, ?, true, '{}', ?)
                    """, post, workspace, now);
            try (var insert = connection.prepareStatement("""
                    INSERT INTO publication (id, workspace_id, livemode, post_id, revision, account_id, platform, position, status,
                        publish_at, due_at, cost_micros, cost_currency, created_at, updated_at)
                    VALUES (?, ?, true, ?, 1, ?, 'bluesky', 0, 'scheduled', ?, ?, 0, 'usd', ?, ?)
                    """)) {
                for (int i = 0; i < count; i++) {
                    var id = newId();
                    ids.add(id);
                    bind(insert, id, workspace, post, account.id(), now, now, now, now);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            if (announced) {
                execute(connection, HINT, workspace, account.id(), now);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return ids;
    }

    /** Creates an endpoint and a delivery to it with its hint; returns the event. */
    public UUID delivery(Tenant tenant, Instant at) {
        var endpoint = newId();
        var event = newId();
        var due = at.atOffset(ZoneOffset.UTC);
        var workspace = tenant.workspace().value();
        update("""
                INSERT INTO webhook_endpoint (id, workspace_id, livemode, url, events, sealed_secret, status, created_at)
                VALUES (?, ?, true, 'https://receiver.test', ARRAY ['*'], '', 'enabled', ?)
                """, endpoint, workspace, due);
        update("""
                INSERT INTO webhook_delivery (event_id, endpoint_id, id, workspace_id, livemode, event_type, status, due_at)
                VALUES (?, ?, ?, ?, true, 'post.published', 'scheduled', ?)
                """, event, endpoint, newId(), workspace, due);
        update(
                "INSERT INTO delivery_hint (workspace_id, livemode, lane_key, due_at) VALUES (?, true, ?, ?)",
                workspace,
                endpoint,
                due);
        return event;
    }

    /** Runs a statement as the database owner, who sees all rows. */
    public int update(String statement, @Nullable Object... values) {
        try (var connection = database.asOwner().getConnection()) {
            return execute(connection, statement, values);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number that a query returns; runs as the database owner. */
    public long number(String statement, Object... values) {
        try (var connection = database.asOwner().getConnection();
                var prepared = connection.prepareStatement(statement)) {
            bind(prepared, values);
            try (var rows = prepared.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The id that a query returns; runs as the database owner. */
    public UUID uuid(String statement, Object... values) {
        try (var connection = database.asOwner().getConnection();
                var prepared = connection.prepareStatement(statement)) {
            bind(prepared, values);
            try (var rows = prepared.executeQuery()) {
                rows.next();
                return rows.getObject(1, UUID.class);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int execute(java.sql.Connection connection, String statement, @Nullable Object... values)
            throws SQLException {
        try (var prepared = connection.prepareStatement(statement)) {
            bind(prepared, values);
            return prepared.executeUpdate();
        }
    }

    private static void bind(java.sql.PreparedStatement prepared, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            prepared.setObject(i + 1, values[i]);
        }
    }

    private static UUID newId() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        beans.close();
        database.close();
    }
}
