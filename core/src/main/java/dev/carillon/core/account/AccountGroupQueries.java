package dev.carillon.core.account;

import dev.carillon.core.database.Jsonb;
import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
class AccountGroupQueries {
    private static final String SHOWN = """
            SELECT account_group.*, (SELECT count(*) FROM account
                                     WHERE account_group_id = account_group.id AND status <> 'disconnected') AS accounts
            FROM account_group WHERE workspace_id = ? AND livemode = ?
            """;
    private static final String BY_ID = SHOWN + " AND id = ?";
    private static final String BY_IDS = SHOWN + " AND id = ANY (?::uuid[])";
    private static final String LOCK = BY_ID + " FOR UPDATE";
    private static final String LIST = SHOWN + " AND (?::uuid IS NULL OR id < ?::uuid) ORDER BY id DESC LIMIT ?";
    // Without this lock, two groups created at the same moment could both be within the limit.
    private static final String LOCK_DEFAULT = """
            SELECT id FROM account_group WHERE workspace_id = ? AND livemode = ? AND is_default FOR UPDATE
            """;
    private static final String COUNT = """
            SELECT count(*) AS groups FROM account_group WHERE workspace_id = ? AND livemode = ?
            """;
    private static final String ADD = """
            INSERT INTO account_group (id, workspace_id, livemode, name, metadata) VALUES (?, ?, ?, ?, ?)
            """;
    private static final String CHANGE = """
            UPDATE account_group SET name = ?, metadata = ?, updated_at = clock_timestamp() WHERE id = ?
            """;
    private static final String MEMBERS = """
            SELECT id FROM account WHERE account_group_id = ? AND status <> 'disconnected' ORDER BY id
            """;
    private static final String EMPTY = "UPDATE account SET account_group_id = ? WHERE account_group_id = ?";
    private static final String MOVE = "UPDATE account SET account_group_id = ? WHERE id = ?";
    private static final String DELETE = "DELETE FROM account_group WHERE id = ?";

    private final Sql sql;
    private final Json json;

    AccountGroupQueries(Sql sql, Json json) {
        this.sql = sql;
        this.json = json;
    }

    Optional<AccountGroup> find(Tenant tenant, AccountGroupId id) {
        return sql.of(BY_ID, tenant.workspace(), tenant.mode(), id).first(this::group);
    }

    List<AccountGroup> findAll(Tenant tenant, Collection<AccountGroupId> ids) {
        return sql.of(BY_IDS, tenant.workspace(), tenant.mode(), ids).list(this::group);
    }

    Optional<AccountGroup> lock(Tenant tenant, AccountGroupId id) {
        return sql.of(LOCK, tenant.workspace(), tenant.mode(), id).first(this::group);
    }

    List<AccountGroup> list(Tenant tenant, @Nullable AccountGroupId after, int limit) {
        return sql.of(LIST, tenant.workspace(), tenant.mode(), after, after, limit)
                .list(this::group);
    }

    /** The default group's id. No other group is created or deleted until the transaction ends. */
    AccountGroupId lockDefault(Tenant tenant) {
        return sql.of(LOCK_DEFAULT, tenant.workspace(), tenant.mode()).one(row -> row.id("id", AccountGroupId.KIND));
    }

    long count(Tenant tenant) {
        return sql.of(COUNT, tenant.workspace(), tenant.mode()).one(row -> row.number("groups"));
    }

    void add(Tenant tenant, AccountGroupId id, AccountGroupDraft draft) {
        sql.of(ADD, id, tenant.workspace(), tenant.mode(), draft.name(), metadata(draft))
                .update();
    }

    void change(AccountGroupId id, AccountGroupDraft draft) {
        sql.of(CHANGE, draft.name(), metadata(draft), id).update();
    }

    /** The group's accounts that are not disconnected. */
    List<AccountId> members(AccountGroupId id) {
        return sql.of(MEMBERS, id).list(row -> row.id("id", AccountId.KIND));
    }

    void moveAll(AccountGroupId from, AccountGroupId to) {
        sql.of(EMPTY, to, from).update();
    }

    void move(AccountId account, AccountGroupId to) {
        sql.of(MOVE, to, account).update();
    }

    void delete(AccountGroupId id) {
        sql.of(DELETE, id).update();
    }

    private Jsonb metadata(AccountGroupDraft draft) {
        return new Jsonb(json.write(draft.metadata()));
    }

    private AccountGroup group(Row row) {
        return new AccountGroup(
                row.id("id", AccountGroupId.KIND),
                new Tenant(row.id("workspace_id", WorkspaceId.KIND), row.mode()),
                row.text("name"),
                row.truth("is_default"),
                row.number("accounts"),
                json.readObject(row.text("metadata")),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
