package dev.carillon.sandbox;

import dev.carillon.sandbox.SandboxPost.Content;
import dev.carillon.sandbox.SandboxPost.IncomingPost;
import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The posts of the platform; each method accesses the posts of one account or of one workspace. */
final class PostQueries {
    /**
     * Without idempotency of the platform, a row can only conflict with that of the same ticket, and every other call
     * creates a post.
     */
    private static final String ACCEPT = """
            INSERT INTO sandbox.post (account_id, workspace, platform, text, client_key, reply_to, settings,
                                      own_idempotency, permalink_token, created_at, deleted_at, accepted_at)
            VALUES (?, ?, ?, ?, ?, ?, CAST(? AS jsonb), ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            RETURNING *
            """;

    private static final String FIND_CONFLICTING = """
            SELECT *
            FROM sandbox.post
            WHERE account_id = ? AND (permalink_token = ? OR (client_key = ? AND own_idempotency))
            ORDER BY permalink_token = ? DESC
            LIMIT 1
            """;

    private static final String FIND_BY_CLIENT_KEY = """
            SELECT *
            FROM sandbox.post
            WHERE account_id = ? AND client_key = ?
            ORDER BY id DESC
            LIMIT ?
            """;

    private static final String LIST = """
            SELECT *
            FROM sandbox.post
            WHERE account_id = ? AND id < ?
            ORDER BY id DESC
            LIMIT ?
            """;

    private static final String LIST_OF_WORKSPACE = """
            SELECT *
            FROM sandbox.post
            WHERE workspace = ? AND id < ?
            ORDER BY id DESC
            LIMIT ?
            """;

    private static final String COUNT_OF_WORKSPACE = """
            SELECT count(*)
            FROM sandbox.post
            WHERE workspace = ?
            """;

    private static final String RECENT = """
            SELECT *
            FROM sandbox.post
            WHERE account_id = ? AND id < ? AND created_at BETWEEN ? AND ? AND deleted_at IS NULL
            ORDER BY id DESC
            LIMIT ?
            """;

    private static final String FIND = """
            SELECT *
            FROM sandbox.post
            WHERE account_id = ? AND id = ?
            """;

    private static final String COUNT = """
            SELECT count(*)
            FROM sandbox.post
            WHERE account_id = ?
            """;

    private static final String DELETE = """
            UPDATE sandbox.post
            SET deleted_at = coalesce(deleted_at, ?)
            WHERE account_id = ? AND id = ?
            """;

    private static final ObjectMapper JSON = ObjectMapper.getDefault();

    private final Database database;
    private final Clock clock;

    /**
     * Reads and writes posts.
     *
     * @param clock real time, which decides how long their pages are kept
     */
    PostQueries(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Adds a post, unless it was accepted before: from the same ticket, or with its client key if the platform has its
     * own idempotency. Racing calls end up with one post.
     */
    Acceptance accept(IncomingPost incoming) {
        // A conflicting insert has waited for the other's commit, so the next statement sees its row.
        return insert(incoming)
                .map(post -> new Acceptance(post, true))
                .orElseGet(() -> new Acceptance(findConflicting(incoming), false));
    }

    /** Every post with this client key, newest first, including deleted ones. */
    List<SandboxPost> findByClientKey(String account, String clientKey, int limit) {
        return database.query(FIND_BY_CLIENT_KEY, PostQueries::read, account, clientKey, limit);
    }

    /** Posts with ids below {@code before}, newest first, including deleted ones. */
    List<SandboxPost> list(String account, long before, int limit) {
        return database.query(LIST, PostQueries::read, account, before, limit);
    }

    /** Posts of every account of the workspace with ids below {@code before}, newest first, including deleted ones. */
    List<SandboxPost> listOfWorkspace(String workspace, long before, int limit) {
        return database.query(LIST_OF_WORKSPACE, PostQueries::read, workspace, before, limit);
    }

    /** How many posts of this workspace were ever accepted. */
    long countOfWorkspace(String workspace) {
        return database.query(COUNT_OF_WORKSPACE, row -> row.getLong(1), workspace)
                .getFirst();
    }

    /** Existing posts in that period with ids below {@code before}, newest first. */
    List<SandboxPost> recent(String account, Instant since, Instant until, long before, int limit) {
        return database.query(RECENT, PostQueries::read, account, before, since, until, limit);
    }

    Optional<SandboxPost> find(String account, long id) {
        return database.query(FIND, PostQueries::read, account, id).stream().findFirst();
    }

    /** How many posts of this account were ever accepted. */
    long count(String account) {
        return database.query(COUNT, row -> row.getLong(1), account).getFirst();
    }

    /** Marks a post as deleted; false if the account has no such post. */
    boolean delete(String account, long id, Instant now) {
        return database.update(DELETE, now, account, id) == 1;
    }

    private Optional<SandboxPost> insert(IncomingPost incoming) {
        var content = incoming.content();
        return database
                .query(
                        ACCEPT,
                        PostQueries::read,
                        incoming.account(),
                        incoming.workspace(),
                        content.platform(),
                        content.text(),
                        content.clientKey(),
                        content.replyTo(),
                        write(content.settings()),
                        incoming.ownIdempotency(),
                        incoming.permalinkToken(),
                        incoming.at(),
                        incoming.deletedAt(),
                        clock.instant())
                .stream()
                .findFirst();
    }

    private SandboxPost findConflicting(IncomingPost incoming) {
        var token = incoming.permalinkToken();
        return database.query(
                        FIND_CONFLICTING,
                        PostQueries::read,
                        incoming.account(),
                        token,
                        incoming.content().clientKey(),
                        token)
                .getFirst();
    }

    private static SandboxPost read(ResultSet row) throws SQLException {
        return new SandboxPost(
                row.getLong("id"),
                row.getString("account_id"),
                content(row),
                row.getString("permalink_token"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("deleted_at", OffsetDateTime.class)));
    }

    /** The content that was sent, from a row of this table or of one with the same columns. */
    static Content content(ResultSet row) throws SQLException {
        return new Content(
                row.getString("platform"),
                row.getString("text"),
                row.getString("client_key"),
                row.getString("reply_to"),
                parse(row.getString("settings")));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    static String write(JsonNode settings) {
        try {
            return JSON.writeValueAsString(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String settings) {
        try {
            return JSON.readValue(settings, Argument.of(JsonNode.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The post with a client key, and whether this call created it. */
    record Acceptance(SandboxPost post, boolean fresh) {}
}
