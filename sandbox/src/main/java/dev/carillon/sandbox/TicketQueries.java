package dev.carillon.sandbox;

import dev.carillon.sandbox.SandboxPost.IncomingPost;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Posts that were taken and are still being processed. */
final class TicketQueries {
    private static final String OPEN = """
            INSERT INTO sandbox.ticket (account_id, workspace, platform, text, client_key, reply_to, settings,
                                        own_idempotency, permalink_token, rejected, ready_at)
            VALUES (?, ?, ?, ?, ?, ?, CAST(? AS jsonb), ?, ?, ?, ?)
            RETURNING id
            """;

    private static final String FIND = """
            SELECT *
            FROM sandbox.ticket
            WHERE account_id = ? AND id = ?
            """;

    private final Database database;

    TicketQueries(Database database) {
        this.database = database;
    }

    /**
     * Opens a ticket for a post that is ready at its own time.
     *
     * @param rejected whether it will be rejected then
     */
    long open(IncomingPost incoming, boolean rejected) {
        var content = incoming.content();
        return database.query(
                        OPEN,
                        row -> row.getLong("id"),
                        incoming.account(),
                        incoming.workspace(),
                        content.platform(),
                        content.text(),
                        content.clientKey(),
                        content.replyTo(),
                        PostQueries.write(content.settings()),
                        incoming.ownIdempotency(),
                        incoming.permalinkToken(),
                        rejected,
                        incoming.at())
                .getFirst();
    }

    Optional<Ticket> find(String account, long id) {
        return database.query(FIND, TicketQueries::read, account, id).stream().findFirst();
    }

    private static Ticket read(ResultSet row) throws SQLException {
        var incoming = new IncomingPost(
                row.getString("account_id"),
                row.getString("workspace"),
                PostQueries.content(row),
                row.getBoolean("own_idempotency"),
                row.getString("permalink_token"),
                row.getObject("ready_at", OffsetDateTime.class).toInstant(),
                false);
        return new Ticket(incoming, row.getBoolean("rejected"));
    }

    /** A post that will be created or rejected later. */
    record Ticket(IncomingPost incoming, boolean rejected) {}
}
