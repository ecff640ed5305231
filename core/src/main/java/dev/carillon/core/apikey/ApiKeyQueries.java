package dev.carillon.core.apikey;

import dev.carillon.core.auth.AccountBounds;
import dev.carillon.core.auth.AccountBounds.Within;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Caller;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Jsonb;
import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.MemberId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.limit.CallerLimits;
import dev.carillon.core.limit.PlanRates;
import dev.carillon.core.limit.Rate;
import dev.carillon.core.net.address.AddressBlocks;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@Singleton
class ApiKeyQueries {
    private static final String BY_SECRET = "SELECT * FROM api_key_with_bounds(?)";
    private static final String ADD = """
            INSERT INTO api_key (id, workspace_id, livemode, name, secret_hash, last_four, scopes, agent_id, allowed_addresses, bound,
                                 account_ids, account_group_ids, expires_at, rate_requests, rate_seconds, created_by,
                                 created_by_member, metadata)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::text[], ?, ?::uuid[], ?::uuid[], ?, ?, ?, ?, ?, ?)
            """;
    // A bound key sees only keys whose bounds are within its own.
    private static final String SHOWN = """
            SELECT api_key.*, coalesce(api_key.expires_at <= clock_timestamp(), false) AS expired,
                   agent.disabled_at IS NOT NULL AS agent_disabled
            FROM api_key LEFT JOIN agent ON agent.id = api_key.agent_id
            WHERE api_key.workspace_id = ? AND api_key.livemode = ?
              AND (?::uuid[] IS NULL OR (api_key.bound AND api_key.account_ids || api_key.account_group_ids <@ ?::uuid[]))
            """;
    private static final String BY_ID = SHOWN + " AND api_key.id = ?";
    private static final String LOCK = BY_ID + " FOR UPDATE OF api_key";
    private static final String LIST = SHOWN + """
              AND (?::uuid IS NULL OR api_key.id < ?::uuid) AND (?::uuid IS NULL OR api_key.agent_id = ?::uuid)
            ORDER BY api_key.id DESC LIMIT ?
            """;
    private static final String COUNT = """
            SELECT count(*) AS keys FROM api_key
            WHERE workspace_id = ? AND livemode = ? AND revoked_at IS NULL AND coalesce(expires_at > clock_timestamp(), true)
            """;
    private static final String REVOKE =
            "UPDATE api_key SET revoked_at = clock_timestamp() WHERE id = ? AND revoked_at IS NULL";
    // Expires with the key itself at the latest.
    private static final String KEEP_FORMER = """
            INSERT INTO api_key_former_secret (secret_hash, workspace_id, livemode, api_key_id, valid_until)
            SELECT secret_hash, workspace_id, livemode, id,
                   least(clock_timestamp() + ? * interval '1 millisecond', expires_at)
            FROM api_key WHERE id = ?
            RETURNING valid_until
            """;
    private static final String RENEW = "UPDATE api_key SET secret_hash = ?, last_four = ? WHERE id = ?";
    private static final String AGENT_ENABLED = """
            SELECT disabled_at IS NULL AS enabled FROM agent WHERE id = ? AND workspace_id = ? FOR SHARE
            """;
    private static final String ACCOUNTS = """
            SELECT id FROM account WHERE id = ANY (?::uuid[]) AND workspace_id = ? AND livemode = ?
            """;
    private static final String GROUPS = """
            SELECT id FROM account_group WHERE id = ANY (?::uuid[]) AND workspace_id = ? AND livemode = ?
            """;
    private static final String IS_PAST = "SELECT ?::timestamptz <= clock_timestamp() AS past";
    // Written at most twice a minute per key, however busy it is.
    private static final String TOUCH = """
            UPDATE api_key SET last_used_at = clock_timestamp()
            WHERE id = ? AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '30 seconds')
            """;

    private static final String LIMITS = """
            SELECT api_key.rate_requests, api_key.rate_seconds, plan.*
            FROM api_key JOIN workspace ON workspace.id = api_key.workspace_id JOIN plan ON plan.id = workspace.plan_id
            WHERE api_key.id = ?
            """;

    private final Sql sql;
    private final Json json;

    ApiKeyQueries(Sql sql, Json json) {
        this.sql = sql;
        this.json = json;
    }

    /**
     * A key's current state, in database time.
     *
     * @param rotated whether this secret of the key is no longer valid
     */
    record Found(
            ApiKeyId id,
            Actor actor,
            AddressBlocks allowedAddresses,
            boolean revoked,
            boolean expired,
            boolean rotated,
            boolean agentDisabled) {
        boolean letsIn() {
            return !revoked && !expired && !rotated && !agentDisabled;
        }
    }

    Optional<Found> findBySecret(ApiKeySecret secret) {
        return sql.of(BY_SECRET, (Object) secret.sha256())
                .first(row -> new Found(
                        row.id("id", ApiKeyId.KIND),
                        actor(row),
                        AddressBlocks.parse(row.texts("allowed_addresses")),
                        row.truth("revoked"),
                        row.truth("expired"),
                        row.truth("rotated"),
                        row.truth("agent_disabled")));
    }

    /**
     * Adds a key.
     *
     * @param maker null if the operator creates it
     */
    void add(ApiKeyId id, Tenant tenant, NewApiKey key, ApiKeySecret secret, @Nullable Caller maker) {
        List<String> scopes =
                key.scopes().stream().map(Scope::wireName).sorted().toList();
        sql.of(
                        ADD,
                        id,
                        tenant.workspace(),
                        tenant.mode(),
                        key.name(),
                        secret.sha256(),
                        secret.lastFour(),
                        scopes,
                        key.agent(),
                        key.allowedAddresses().texts(),
                        key.bounds() instanceof Within,
                        key.bounds().accounts(),
                        key.bounds().groups(),
                        key.expiresAt(),
                        key.rate() == null ? null : key.rate().requests(),
                        key.rate() == null ? null : key.rate().per().toSeconds(),
                        maker == null ? null : maker.keyOrNull(),
                        maker == null ? null : maker.memberOrNull(),
                        new Jsonb(json.write(key.metadata())))
                .update();
    }

    Optional<ApiKey> find(Actor caller, ApiKeyId id) {
        return sql.of(BY_ID, shownTo(caller, id)).first(this::key);
    }

    /** The key, locked so that decisions about it hold until the transaction ends. */
    Optional<ApiKey> lock(Actor caller, ApiKeyId id) {
        return sql.of(LOCK, shownTo(caller, id)).first(this::key);
    }

    List<ApiKey> list(Actor caller, @Nullable AgentId agent, @Nullable ApiKeyId after, int limit) {
        return sql.of(LIST, shownTo(caller, after, after, agent, agent, limit)).list(this::key);
    }

    private static @Nullable Object[] shownTo(Actor caller, @Nullable Object... further) {
        var within = caller.keepsTo();
        var values = new ArrayList<@Nullable Object>(Arrays.asList(caller.workspace(), caller.mode(), within, within));
        values.addAll(Arrays.asList(further));
        return values.toArray();
    }

    /** Those of the accounts that the open transaction sees. */
    Set<AccountId> seenAccounts(Tenant tenant, Set<AccountId> ids) {
        return Set.copyOf(
                sql.of(ACCOUNTS, ids, tenant.workspace(), tenant.mode()).list(row -> row.id("id", AccountId.KIND)));
    }

    /** Those of the groups that the open transaction sees. */
    Set<AccountGroupId> seenGroups(Tenant tenant, Set<AccountGroupId> ids) {
        return Set.copyOf(
                sql.of(GROUPS, ids, tenant.workspace(), tenant.mode()).list(row -> row.id("id", AccountGroupId.KIND)));
    }

    /** How many keys are valid, including those of disabled agents. */
    long count(Tenant tenant) {
        return sql.of(COUNT, tenant.workspace(), tenant.mode()).one(row -> row.number("keys"));
    }

    /** False if it was already revoked. */
    boolean revoke(ApiKeyId id) {
        return sql.of(REVOKE, id).update() == 1;
    }

    /** Gives the locked key a new secret; returns the database time until which the previous one stays valid. */
    Instant rotate(ApiKeyId id, ApiKeySecret secret, Duration overlap) {
        var until = sql.of(KEEP_FORMER, overlap.toMillis(), id).one(row -> row.instant("valid_until"));
        sql.of(RENEW, secret.sha256(), secret.lastFour(), id).update();
        return until;
    }

    /** Whether the agent may have keys; empty if the workspace has no such agent. */
    Optional<Boolean> isEnabled(WorkspaceId workspace, AgentId agent) {
        return sql.of(AGENT_ENABLED, agent, workspace).first(row -> row.truth("enabled"));
    }

    boolean isPast(Instant time) {
        return sql.of(IS_PAST, time).one(row -> row.truth("past"));
    }

    void touch(ApiKeyId id) {
        sql.of(TOUCH, id).update();
    }

    CallerLimits limits(ApiKeyId id) {
        return sql.of(LIMITS, id).one(row -> new CallerLimits(PlanRates.of(row), rate(row)));
    }

    private static @Nullable Rate rate(Row row) {
        var requests = row.integerOrNull("rate_requests");
        return requests == null ? null : new Rate(requests, Duration.ofSeconds(row.integer("rate_seconds")));
    }

    private static Set<Scope> scopes(Row row) {
        return row.texts("scopes").stream()
                .flatMap(name -> Scope.named(name).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Actor actor(Row row) {
        return new Actor(
                row.id("workspace_id", WorkspaceId.KIND),
                row.mode(),
                new Caller.ByKey(row.id("id", ApiKeyId.KIND)),
                scopes(row),
                row.idOrNull("agent_id", AgentId.KIND),
                bounds(row));
    }

    private static AccountBounds bounds(Row row) {
        return row.truth("bound")
                ? new Within(
                        Set.copyOf(row.ids("account_ids", AccountId.KIND)),
                        Set.copyOf(row.ids("account_group_ids", AccountGroupId.KIND)))
                : AccountBounds.unbound();
    }

    private static @Nullable Id maker(Row row) {
        var key = row.idOrNull("created_by", ApiKeyId.KIND);
        return key == null ? row.idOrNull("created_by_member", MemberId.KIND) : key;
    }

    private ApiKey key(Row row) {
        var revokedAt = row.instantOrNull("revoked_at");
        return new ApiKey(
                row.id("id", ApiKeyId.KIND),
                new Tenant(row.id("workspace_id", WorkspaceId.KIND), row.mode()),
                row.text("name"),
                row.text("last_four"),
                scopes(row),
                row.idOrNull("agent_id", AgentId.KIND),
                AddressBlocks.parse(row.texts("allowed_addresses")),
                bounds(row),
                rate(row),
                json.readObject(row.text("metadata")),
                maker(row),
                ApiKeyStatus.of(revokedAt != null, row.truth("expired"), row.truth("agent_disabled")),
                row.instant("created_at"),
                row.instantOrNull("expires_at"),
                revokedAt,
                row.instantOrNull("last_used_at"));
    }
}
