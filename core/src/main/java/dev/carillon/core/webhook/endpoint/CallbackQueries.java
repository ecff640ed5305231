package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** The hidden endpoints of posts' own addresses, and the secret that they share. */
@Singleton
public class CallbackQueries {
    // Only reads an existing callback, so that posts with the same address do not wait for each other.
    private static final String READY = """
            SELECT id FROM webhook_endpoint
            WHERE workspace_id = ? AND livemode = ? AND kind = 'post_callback' AND url = ? AND status = 'enabled'
              AND EXISTS (SELECT FROM callback_secret AS secret
                          WHERE secret.workspace_id = webhook_endpoint.workspace_id AND secret.livemode = webhook_endpoint.livemode)
            """;
    // Locks are taken in the order of their numbers; otherwise two transactions that create the same callbacks in
    // different orders would wait for each other at the unique keys. Existing callbacks need no lock. Each lock takes
    // one of the server's limited lock slots, so addresses share locks, and a transaction takes 33 at most.
    private static final String TAKE_TURNS = """
            WITH named AS (
                SELECT url, livemode,
                       EXISTS (SELECT FROM callback_secret AS secret
                               WHERE secret.workspace_id = ? AND secret.livemode = address.livemode) AS has_secret
                FROM unnest(?::boolean[], ?::text[]) AS address (livemode, url)),
            missing AS (
                SELECT url, has_secret FROM named
                WHERE NOT has_secret
                   OR NOT EXISTS (SELECT FROM webhook_endpoint AS endpoint
                                  WHERE endpoint.workspace_id = ? AND endpoint.livemode = named.livemode
                                    AND endpoint.kind = 'post_callback' AND endpoint.url = named.url AND endpoint.status = 'enabled'))
            SELECT pg_advisory_xact_lock(hashtextextended(?, turn))
            FROM (SELECT hashtext(url) & 31 AS turn FROM missing
                  UNION SELECT 32 FROM missing WHERE NOT has_secret
                  ORDER BY turn) AS turns
            """;
    private static final String UPSERT = """
            INSERT INTO webhook_endpoint (id, workspace_id, livemode, kind, url, events, status, created_at)
            VALUES (?, ?, ?, 'post_callback', ?, '{}', 'enabled', ?)
            ON CONFLICT (workspace_id, livemode, url) WHERE kind = 'post_callback' DO UPDATE
            SET status = 'enabled', status_reason = NULL, disabled_at = NULL, failing_since = NULL, failures = 0, warnings = 0, probing = false,
                busy_answers = 0
            RETURNING id
            """;
    private static final String ADD_SECRET = """
            INSERT INTO callback_secret (workspace_id, livemode, sealed_secret) VALUES (?, ?, ?)
            ON CONFLICT (workspace_id, livemode) DO NOTHING
            """;
    private static final String SHOWN = """
            CASE WHEN previous_secret_until > clock_timestamp() THEN previous_secret_until END AS overlap_until, created_at, rotated_at
            """;
    private static final String FIND_SECRET =
            "SELECT %s FROM callback_secret WHERE workspace_id = ? AND livemode = ?".formatted(SHOWN);
    private static final String ROTATE_SECRET = """
            UPDATE callback_secret
            SET sealed_previous_secret = CASE WHEN overlap.millis > 0 THEN sealed_secret END,
                previous_secret_until = CASE WHEN overlap.millis > 0 THEN clock_timestamp() + overlap.millis * interval '1 millisecond' END,
                sealed_secret = ?, rotated_at = clock_timestamp()
            FROM (SELECT ?::bigint AS millis) AS overlap
            WHERE workspace_id = ? AND livemode = ?
            """;

    private final Sql sql;

    CallbackQueries(Sql sql) {
        this.sql = sql;
    }

    /** The callback of an address, if it is enabled and has a secret. */
    public Optional<WebhookEndpointId> ready(Tenant tenant, String url) {
        return sql.of(READY, tenant.workspace(), tenant.mode(), url).first(row -> row.id("id", WebhookEndpointId.KIND));
    }

    /**
     * Locks the missing callbacks of these addresses, and the secret that they need, until the transaction ends; waits
     * for other transactions that are creating them.
     */
    void takeTurns(WorkspaceId workspace, Collection<CallbackAddress> addresses) {
        sql.of(
                        TAKE_TURNS,
                        workspace,
                        Sql.column(addresses, CallbackAddress::mode),
                        Sql.column(addresses, CallbackAddress::url),
                        workspace,
                        "carillon.callbacks of " + workspace)
                .later();
    }

    /** Creates or enables the callback of an address. */
    WebhookEndpointId upsert(Tenant tenant, WebhookEndpointId fresh, String url, Instant now) {
        return sql.of(UPSERT, fresh, tenant.workspace(), tenant.mode(), url, now)
                .one(row -> row.id("id", WebhookEndpointId.KIND));
    }

    /** Gives the tenant its first secret; false if it already has one. */
    boolean addSecret(Tenant tenant, byte[] sealed) {
        return sql.of(ADD_SECRET, tenant.workspace(), tenant.mode(), sealed).update() == 1;
    }

    Optional<CallbackSecret> secret(Tenant tenant) {
        return sql.of(FIND_SECRET, tenant.workspace(), tenant.mode()).first(row -> secret(tenant, row));
    }

    /**
     * Replaces the tenant's secret; the previous one stays valid during the overlap. False if the tenant has none.
     *
     * @param overlapMillis in database time
     */
    boolean rotateSecret(Tenant tenant, byte[] sealed, long overlapMillis) {
        return sql.of(ROTATE_SECRET, sealed, overlapMillis, tenant.workspace(), tenant.mode())
                        .update()
                == 1;
    }

    private static CallbackSecret secret(Tenant tenant, Row row) {
        return new CallbackSecret(
                tenant, row.instantOrNull("overlap_until"), row.instant("created_at"), row.instantOrNull("rotated_at"));
    }
}
