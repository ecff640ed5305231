package dev.carillon.core.platformcommand;

import dev.carillon.core.database.Jsonb;
import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.PlatformCommandId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.platform.Failure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
class PlatformCommandQueries {
    // If the same command is already open, the request joins it, and a wait for its next attempt ends now.
    private static final String REQUEST = """
            INSERT INTO platform_command (id, workspace_id, livemode, publication_id, kind) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (publication_id, kind) WHERE ended_at IS NULL DO UPDATE SET due_at = least(platform_command.due_at, clock_timestamp())
            RETURNING id
            """;
    private static final String FIND = """
            SELECT * FROM platform_command WHERE id = ?
            """;
    private static final String CLAIM = """
            UPDATE platform_command AS claimed
            SET generation = generation + 1, attempts = attempts + 1, lease_until = clock_timestamp() + ? * interval '1 millisecond'
            FROM (SELECT platform_command.id, account.host FROM platform_command
                  JOIN publication ON publication.id = platform_command.publication_id
                  JOIN account ON account.id = publication.account_id
                  WHERE platform_command.ended_at IS NULL AND platform_command.due_at <= clock_timestamp()
                    AND (platform_command.lease_until IS NULL OR platform_command.lease_until < clock_timestamp())
                    AND NOT account.host = ANY (?::text[])
                  ORDER BY platform_command.due_at LIMIT ? FOR UPDATE OF platform_command SKIP LOCKED) AS due
            WHERE claimed.id = due.id
            RETURNING claimed.*, due.host
            """;
    private static final String DEFER = """
            UPDATE platform_command
            SET lease_until = NULL, due_at = clock_timestamp() + ? * interval '1 millisecond', failure = ?::jsonb
            WHERE id = ? AND generation = ? AND ended_at IS NULL
            """;
    private static final String END = """
            UPDATE platform_command SET lease_until = NULL, ended_at = clock_timestamp(), failure = ?::jsonb
            WHERE id = ? AND generation = ? AND ended_at IS NULL
            """;
    private static final String FORGET = """
            DELETE FROM platform_command WHERE ended_at < clock_timestamp() - ? * interval '1 millisecond'
            """;

    private final Sql sql;
    private final Json json;
    private final Ids ids;

    PlatformCommandQueries(Sql sql, Json json, Ids ids) {
        this.sql = sql;
        this.json = json;
        this.ids = ids;
    }

    /** The id of the new command, or of the one that is already open. */
    PlatformCommandId request(Tenant tenant, PublicationId publication, PlatformCommandKind kind) {
        return sql.of(
                        REQUEST,
                        ids.next(PlatformCommandId.KIND),
                        tenant.workspace(),
                        tenant.mode(),
                        publication,
                        kind.wireName())
                .one(row -> row.id("id", PlatformCommandId.KIND));
    }

    Optional<PlatformCommand> find(PlatformCommandId id) {
        return sql.of(FIND, id).first(this::command);
    }

    List<ClaimedPlatformCommand> claim(int limit, Duration lease, Collection<String> busyHosts) {
        return sql.of(CLAIM, lease.toMillis(), busyHosts, limit)
                .list(row -> new ClaimedPlatformCommand(command(row), row.text("host")));
    }

    boolean defer(PlatformCommand command, Duration wait, @Nullable Failure failure) {
        return sql.of(DEFER, wait.toMillis(), jsonOf(failure), command.id(), command.generation())
                        .update()
                == 1;
    }

    boolean end(PlatformCommand command, @Nullable Failure failure) {
        return sql.of(END, jsonOf(failure), command.id(), command.generation()).update() == 1;
    }

    int forgetEndedBefore(Duration age) {
        return sql.of(FORGET, age.toMillis()).update();
    }

    private @Nullable Jsonb jsonOf(@Nullable Failure failure) {
        return failure == null ? null : new Jsonb(json.write(failure));
    }

    private PlatformCommand command(Row row) {
        var failure = row.textOrNull("failure");
        return new PlatformCommand(
                row.id("id", PlatformCommandId.KIND),
                new Tenant(row.id("workspace_id", WorkspaceId.KIND), row.mode()),
                row.id("publication_id", PublicationId.KIND),
                PlatformCommandKind.named(row.text("kind")),
                row.number("generation"),
                row.integer("attempts"),
                failure == null ? null : json.read(failure, Failure.class),
                row.instantOrNull("ended_at") != null);
    }
}
