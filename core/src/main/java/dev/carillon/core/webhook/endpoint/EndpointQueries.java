package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.database.Jsonb;
import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.ApiVersion;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes endpoints. Queries by tenant return the endpoints that the workspace created, never callbacks of
 * posts.
 */
@Singleton
public class EndpointQueries {
    private static final String LOCK_COUNT = """
            SELECT pg_advisory_xact_lock(hashtextextended(?, 0))
            """;
    private static final String COUNT = """
            SELECT count(*) AS present FROM webhook_endpoint
            WHERE workspace_id = ? AND livemode = ? AND status <> 'deleted' AND kind = 'endpoint'
            """;
    private static final String ADD = """
            INSERT INTO webhook_endpoint (id, workspace_id, livemode, url, events, sealed_secret, status, description, metadata, header_names,
                                          sealed_headers, max_per_second, api_version, public_key, sealed_signing_key, created_at)
            VALUES (?, ?, ?, ?, ?, ?, 'enabled', ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    // An overlap that has ended has no effect and is not shown.
    private static final String SHOWN =
            "*, CASE WHEN previous_secret_until > clock_timestamp() THEN previous_secret_until END AS overlap_until";
    private static final String OWN = """
            id = ? AND workspace_id = ? AND livemode = ? AND status <> 'deleted' AND kind = 'endpoint'
            """;
    private static final String BY_ID = "SELECT %s FROM webhook_endpoint WHERE %s".formatted(SHOWN, OWN);
    private static final String LIST = """
            SELECT %s FROM webhook_endpoint
            WHERE workspace_id = ? AND livemode = ? AND status <> 'deleted' AND kind = 'endpoint'
              AND (?::uuid IS NULL OR id < ?::uuid)
            ORDER BY id DESC
            LIMIT ?
            """.formatted(SHOWN);
    private static final String DELETE =
            "UPDATE webhook_endpoint SET status = 'deleted' WHERE %s RETURNING %s".formatted(OWN, SHOWN);
    private static final String CHANGE = """
            UPDATE webhook_endpoint
            SET url = ?, events = ?, description = ?, metadata = ?, max_per_second = ?, api_version = ?
            WHERE id = ?
            """;
    private static final String CHANGE_HEADERS = """
            UPDATE webhook_endpoint SET header_names = ?::text[], sealed_headers = ? WHERE id = ?
            """;
    private static final String CHANGE_SIGNING_KEY = """
            UPDATE webhook_endpoint SET public_key = ?, sealed_signing_key = ?, sealed_previous_signing_key = NULL WHERE id = ?
            """;
    private static final String ROTATE = """
            UPDATE webhook_endpoint
            SET sealed_previous_secret = CASE WHEN overlap.millis > 0 THEN sealed_secret END,
                sealed_previous_signing_key = CASE WHEN overlap.millis > 0 THEN sealed_signing_key END,
                previous_secret_until = CASE WHEN overlap.millis > 0 THEN clock_timestamp() + overlap.millis * interval '1 millisecond' END,
                sealed_secret = ?, public_key = ?, sealed_signing_key = ?
            FROM (SELECT ?::bigint AS millis) AS overlap
            WHERE id = ?
            """;
    private static final String ACROSS = "SELECT %s FROM webhook_endpoint WHERE id = ?".formatted(SHOWN);
    private static final String DISABLE = """
            UPDATE webhook_endpoint SET status = 'disabled', status_reason = ?, disabled_at = ? WHERE id = ? AND status = 'enabled'
            RETURNING %s
            """.formatted(SHOWN);
    private static final String ENABLE = """
            UPDATE webhook_endpoint
            public SET status = 'enabled', status_reason = NULL, disabled_at = NULL, failing_since = NULL, failures = 0, warnings = 0, probing = false,
                probes = 0, busy_answers = 0, paused_until = NULL
            WHERE %s
            """.formatted(OWN);
    // A pause reflects the receiver's state before it was enabled.
    private static final String END_PAUSE = """
            UPDATE delivery_lane SET paused_until = NULL WHERE lane_key = ? AND paused_until IS NOT NULL
            """;

    private static final String STATUS = """
            SELECT status FROM webhook_endpoint WHERE id = ? AND workspace_id = ? AND livemode = ?
            """;

    private final Sql sql;
    private final Json json;

    EndpointQueries(Sql sql, Json json) {
        this.sql = sql;
        this.json = json;
    }

    /** A signing key as it is stored. */
    static final class StoredKey {
        private final String publicKey;
        private final byte[] sealed;

        StoredKey(String publicKey, byte[] sealed) {
            this.publicKey = publicKey;
            this.sealed = sealed;
        }

        String publicKey() {
            return publicKey;
        }

        /** The private key. */
        byte[] sealed() {
            return sealed;
        }
    }

    /** The number of endpoints. Other calls for the same tenant wait until this transaction ends. */
    long lockedCount(Tenant tenant) {
        sql.of(LOCK_COUNT, "webhook endpoints " + tenant.workspace() + tenant.mode())
                .one(row -> true);
        return sql.of(COUNT, tenant.workspace(), tenant.mode()).one(row -> row.number("present"));
    }

    void add(
            WebhookEndpoint endpoint,
            byte[] sealedSecret,
            byte @Nullable [] sealedHeaders,
            @Nullable StoredKey signingKey) {
        var settings = endpoint.settings();
        sql.of(
                        ADD,
                        endpoint.id(),
                        endpoint.tenant().workspace(),
                        endpoint.tenant().mode(),
                        settings.url(),
                        settings.events(),
                        sealedSecret,
                        settings.description(),
                        new Jsonb(json.write(settings.metadata())),
                        settings.headerNames(),
                        sealedHeaders,
                        settings.maxPerSecond(),
                        settings.apiVersion().wireName(),
                        signingKey == null ? null : signingKey.publicKey(),
                        signingKey == null ? null : signingKey.sealed(),
                        endpoint.createdAt())
                .update();
    }

    public Optional<WebhookEndpoint> find(Tenant tenant, WebhookEndpointId id) {
        return sql.of(BY_ID, id, tenant.workspace(), tenant.mode()).first(this::endpoint);
    }

    /** The endpoint, locked against changes until the transaction ends. */
    Optional<WebhookEndpoint> lock(Tenant tenant, WebhookEndpointId id) {
        return sql.of(BY_ID + " FOR NO KEY UPDATE", id, tenant.workspace(), tenant.mode())
                .first(this::endpoint);
    }

    /** The status of an endpoint that a delivery names, including hidden and deleted endpoints. */
    public EndpointStatus status(Tenant tenant, WebhookEndpointId id) {
        return sql.of(STATUS, id, tenant.workspace(), tenant.mode())
                .one(row -> EndpointStatus.named(row.text("status")));
    }

    List<WebhookEndpoint> list(Tenant tenant, @Nullable WebhookEndpointId after, int limit) {
        return sql.of(LIST, tenant.workspace(), tenant.mode(), after, after, limit)
                .list(this::endpoint);
    }

    Optional<WebhookEndpoint> delete(Tenant tenant, WebhookEndpointId id) {
        return sql.of(DELETE, id, tenant.workspace(), tenant.mode()).first(this::endpoint);
    }

    /** Writes all settings except the headers. Like the methods below, it requires that the endpoint is locked. */
    void change(WebhookEndpointId id, EndpointSettings settings) {
        sql.of(
                        CHANGE,
                        settings.url(),
                        settings.events(),
                        settings.description(),
                        new Jsonb(json.write(settings.metadata())),
                        settings.maxPerSecond(),
                        settings.apiVersion().wireName(),
                        id)
                .later();
    }

    void changeHeaders(WebhookEndpointId id, List<String> names, byte @Nullable [] sealed) {
        sql.of(CHANGE_HEADERS, names, sealed, id).later();
    }

    /** Sets or removes the signing key; the previous key is removed in both cases. */
    void changeSigningKey(WebhookEndpointId id, @Nullable StoredKey key) {
        sql.of(CHANGE_SIGNING_KEY, key == null ? null : key.publicKey(), key == null ? null : key.sealed(), id)
                .later();
    }

    /**
     * Replaces the endpoint's keys. The replaced keys stay valid during the overlap; any earlier ones do not.
     *
     * @param overlapMillis in database time
     */
    void rotate(WebhookEndpointId id, byte[] sealedSecret, @Nullable StoredKey signingKey, long overlapMillis) {
        sql.of(
                        ROTATE,
                        sealedSecret,
                        signingKey == null ? null : signingKey.publicKey(),
                        signingKey == null ? null : signingKey.sealed(),
                        overlapMillis,
                        id)
                .later();
    }

    /**
     * Disables an endpoint of either kind and returns its new state; empty if it was not enabled.
     *
     * @param at real time
     */
    Optional<WebhookEndpoint> disable(WebhookEndpointId id, DisabledReason reason, Instant at) {
        return sql.of(DISABLE, reason.wireName(), at, id).first(this::endpoint);
    }

    /** Enables the endpoint and resets its health. */
    void enable(Tenant tenant, WebhookEndpointId id) {
        sql.of(ENABLE, id, tenant.workspace(), tenant.mode()).later();
        sql.of(END_PAUSE, id).later();
    }

    /** An endpoint of any workspace, whatever its status. */
    public Optional<WebhookEndpoint> findAcross(WebhookEndpointId id) {
        return sql.of(ACROSS, id).first(this::endpoint);
    }

    private WebhookEndpoint endpoint(Row row) {
        return new WebhookEndpoint(
                row.id("id", WebhookEndpointId.KIND),
                new Tenant(row.id("workspace_id", WorkspaceId.KIND), row.mode()),
                EndpointKind.named(row.text("kind")),
                settings(row),
                state(row),
                new EndpointKeys(row.instantOrNull("overlap_until"), row.textOrNull("public_key")),
                row.instant("created_at"));
    }

    private EndpointSettings settings(Row row) {
        return new EndpointSettings(
                row.text("url"),
                row.texts("events"),
                row.textOrNull("description"),
                json.readObject(row.text("metadata")),
                row.texts("header_names"),
                row.integerOrNull("max_per_second"),
                ApiVersion.find(row.text("api_version")).orElseThrow());
    }

    private static EndpointState state(Row row) {
        var reason = row.textOrNull("status_reason");
        return new EndpointState(
                EndpointStatus.named(row.text("status")),
                reason == null ? null : DisabledReason.named(reason),
                row.instantOrNull("disabled_at"),
                row.instantOrNull("failing_since"),
                row.integer("failures"));
    }
}
