package dev.carillon.sandbox;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The content of a post's page, found by the token in its address. */
final class PermalinkQueries {
    private static final String FIND = """
            SELECT post.platform, account.username, post.created_at, post.text
            FROM sandbox.post
            JOIN sandbox.account ON account.id = post.account_id
            WHERE post.permalink_token = ? AND post.accepted_at > ? AND post.deleted_at IS NULL
            """;

    private final Database database;

    PermalinkQueries(Database database) {
        this.database = database;
    }

    /** The page of a post that exists and was accepted after {@code acceptedAfter}, in real time. */
    Optional<Page> find(String token, Instant acceptedAfter) {
        return database
                .query(
                        FIND,
                        row -> new Page(
                                row.getString("platform"),
                                row.getString("username"),
                                row.getObject("created_at", OffsetDateTime.class)
                                        .toInstant(),
                                row.getString("text")),
                        token,
                        acceptedAfter)
                .stream()
                .findFirst();
    }

    record Page(String platform, String username, Instant createdAt, String text) {}
}
