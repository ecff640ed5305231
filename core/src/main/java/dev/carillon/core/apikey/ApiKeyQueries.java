package dev.carillon.core.apikey;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

@Singleton
class ApiKeyQueries {
    private static final String BY_SECRET = """
            SELECT *, revoked_at IS NOT NULL AS revoked, coalesce(expires_at <= clock_timestamp(), false) AS expired
            FROM api_key_of_secret(?)
            """;
    private static final String ADD = """
            INSERT INTO api_key (id, workspace_id, livemode, name, secret_hash, last_four, scopes) VALUES (?, ?, ?, ?, ?, ?, ?)
            """;
    // Written at most twice a minute for a key, however busy it is.
    private static final String TOUCH = """
            UPDATE api_key SET last_used_at = clock_timestamp()
            WHERE id = ? AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '30 seconds')
            """;

    private final Sql sql;

    ApiKeyQueries(Sql sql) {
        this.sql = sql;
    }

    /** A key as it stands now, in database time. */
    record Found(Actor actor, boolean revoked, boolean expired) {}

    Optional<Found> findBySecret(ApiKeySecret secret) {
        return sql.of(BY_SECRET, (Object) secret.sha256())
                .first(row -> new Found(actor(row), row.truth("revoked"), row.truth("expired")));
    }

    void add(ApiKeyId id, WorkspaceId workspace, Mode mode, String name, ApiKeySecret secret, Set<Scope> scopes) {
        List<String> names = scopes.stream().map(Scope::wireName).sorted().toList();
        sql.of(ADD, id, workspace, mode, name, secret.sha256(), secret.lastFour(), names)
                .update();
    }

    void touch(ApiKeyId id) {
        sql.of(TOUCH, id).update();
    }

    private static Actor actor(Row row) {
        var scopes = row.texts("scopes").stream()
                .flatMap(name -> Scope.named(name).stream())
                .collect(Collectors.toUnmodifiableSet());
        return new Actor(row.id("workspace_id", WorkspaceId.KIND), row.mode(), row.id("id", ApiKeyId.KIND), scopes);
    }
}
