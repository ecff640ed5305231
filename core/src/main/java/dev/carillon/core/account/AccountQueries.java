package dev.carillon.core.account;

import dev.carillon.core.database.Jsonb;
import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.platform.Platform;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
public class AccountQueries {
    // Connecting the same identity again updates the same account: its posts, its id and its waiting publications stay.
    private static final String CONNECT = """
            INSERT INTO account (id, workspace_id, livemode, platform, external_id, account_group_id, platform_app_id,
                                 platform_identity_id, username, display_name, service_url, status, metadata, created_at,
                                 access_expires_at)
            SELECT ?, g.workspace_id, g.livemode, ?, ?, g.id,
                   platform_app_of(?, ?, ?, CASE WHEN NOT g.livemode THEN g.workspace_id END),
                   CASE WHEN g.livemode THEN platform_identity_of(?, ?, ?) END, ?, ?, ?, 'active', ?, ?, ?::timestamptz
            FROM account_group g
            WHERE g.workspace_id = ? AND g.livemode = ? AND CASE WHEN ?::uuid IS NULL THEN g.is_default ELSE g.id = ?::uuid END
            ON CONFLICT (workspace_id, livemode, platform, external_id) DO UPDATE
            SET username = excluded.username, display_name = excluded.display_name, service_url = excluded.service_url,
                platform_app_id = excluded.platform_app_id, status = 'active', status_reason = NULL, disconnected_at = NULL,
                access_expires_at = excluded.access_expires_at,
                account_group_id = CASE WHEN ?::uuid IS NULL THEN account.account_group_id ELSE excluded.account_group_id END
            RETURNING *
            """;
    private static final String BY_ID = """
            SELECT * FROM account WHERE id = ? AND workspace_id = ? AND livemode = ?
            """;
    private static final String BY_IDS = """
            SELECT * FROM account WHERE id = ANY (?::uuid[]) AND workspace_id = ? AND livemode = ?
            """;
    private static final String ACROSS = """
            SELECT * FROM account WHERE id = ANY (?::uuid[])
            """;
    private static final String ACTIVE = """
            SELECT * FROM account
            WHERE workspace_id = ? AND livemode = ? AND status <> 'disconnected'
              AND CASE WHEN ?::uuid IS NULL THEN platform = ? ELSE account_group_id = ?::uuid END
              AND NOT EXISTS (SELECT FROM sandbox_account WHERE sandbox_account.account_id = account.id)
            ORDER BY id
            """;
    private static final String LIST = """
            SELECT * FROM account
            WHERE workspace_id = ? AND livemode = ? AND (?::uuid IS NULL OR id < ?::uuid)
              AND (?::text IS NULL OR platform = ?) AND (?::text IS NULL OR status = ?)
              AND (?::uuid IS NULL OR account_group_id = ?::uuid)
            ORDER BY id DESC
            LIMIT ?
            """;
    private static final String MOVE = """
            UPDATE account SET status = ?, status_reason = ?,
                disconnected_at = CASE WHEN ? = 'disconnected' THEN ?::timestamptz END
            WHERE id = ? AND workspace_id = ? AND livemode = ? AND status <> ?
              AND (? <> 'needs_reauth' OR status = 'active')
            RETURNING *
            """;

    private final Sql sql;
    private final Json json;
    private final Ids ids;

    AccountQueries(Sql sql, Json json, Ids ids) {
        this.sql = sql;
        this.json = json;
        this.ids = ids;
    }

    Account connect(Tenant tenant, NewAccount account, Instant now) {
        var identity = account.identity();
        var platform = account.platform().wireName();
        return sql.of(
                        CONNECT,
                        ids.next(AccountId.KIND),
                        platform,
                        identity.externalId(),
                        ids.nextUuid(),
                        platform,
                        identity.client(),
                        ids.nextUuid(),
                        platform,
                        identity.externalId(),
                        identity.username(),
                        identity.displayName(),
                        identity.serviceUrl(),
                        new Jsonb(json.write(account.metadata())),
                        now,
                        identity.accessExpiresAt(),
                        tenant.workspace(),
                        tenant.mode(),
                        account.group(),
                        account.group(),
                        account.group())
                .one(this::account);
    }

    Optional<Account> find(Tenant tenant, AccountId id) {
        return sql.of(BY_ID, id, tenant.workspace(), tenant.mode()).first(this::account);
    }

    List<Account> findAll(Tenant tenant, Collection<AccountId> ids) {
        return sql.of(BY_IDS, ids, tenant.workspace(), tenant.mode()).list(this::account);
    }

    List<Account> findAcross(Collection<AccountId> ids) {
        return sql.of(ACROSS, ids).list(this::account);
    }

    List<Account> list(Tenant tenant, AccountFilter filter, @Nullable AccountId after, int limit) {
        var platform = filter.platform() == null ? null : filter.platform().wireName();
        var status = filter.status() == null ? null : filter.status().wireName();
        var group = filter.group();
        return sql.of(
                        LIST,
                        tenant.workspace(),
                        tenant.mode(),
                        after,
                        after,
                        platform,
                        platform,
                        status,
                        status,
                        group,
                        group,
                        limit)
                .list(this::account);
    }

    /**
     * The accounts of a group, or else of a platform, that are not disconnected and are not sandbox accounts of live
     * ones; oldest first.
     */
    List<Account> active(Tenant tenant, @Nullable AccountGroupId group, @Nullable Platform platform) {
        var name = platform == null ? null : platform.wireName();
        return sql.of(ACTIVE, tenant.workspace(), tenant.mode(), group, name, group)
                .list(this::account);
    }

    /** Changes the account's status; empty if it has that status already. */
    Optional<Account> move(Tenant tenant, AccountId id, AccountStatus to, @Nullable String reason, Instant now) {
        var status = to.wireName();
        return sql.of(MOVE, status, reason, status, now, id, tenant.workspace(), tenant.mode(), status, status)
                .first(this::account);
    }

    Account account(Row row) {
        return new Account(
                row.id("id", AccountId.KIND),
                new Tenant(row.id("workspace_id", WorkspaceId.KIND), Mode.of(row.truth("livemode"))),
                Platform.named(row.text("platform")).orElseThrow(),
                row.text("external_id"),
                row.id("account_group_id", AccountGroupId.KIND),
                row.text("username"),
                row.textOrNull("display_name"),
                row.textOrNull("service_url"),
                AccountStatus.named(row.text("status")),
                row.textOrNull("status_reason"),
                row.instantOrNull("access_expires_at"),
                json.readObject(row.text("metadata")),
                row.instant("created_at"));
    }
}
