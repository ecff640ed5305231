package dev.carillon.app.bench.api;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.PostId;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Writes only the rows of a new post: no request, no authentication, no rules, no lookups. */
final class PostRows {
    /** About as long as an event's body in the API. */
    private static final String BODY = "{\"id\":\"%s\",\"object\":\"event\"}".formatted("x".repeat(1_000));

    private static final int REPLY_BYTES = 1_400;

    private final Ids ids = new Ids();
    private final Archive archive;
    private final List<AccountId> accounts;

    PostRows(Archive archive) {
        this.archive = archive;
        this.accounts = archive.usualAccounts();
    }

    void insert(Connection connection) throws SQLException {
        var workspace = archive.workspace();
        var post = ids.next(PostId.KIND);
        var publication = ids.nextUuid();
        var random = ThreadLocalRandom.current();
        var account = accounts.get(random.nextInt(accounts.size()));
        var digits = digits(post.value(), publication);
        var reply = new byte[REPLY_BYTES];
        random.nextBytes(reply);
        try (var statement = connection.prepareStatement(ArchiveQueries.POST_ROWS)) {
            int position = 0;
            for (Object value : new Object[] {
                post.value(),
                workspace,
                archive.key(),
                post.value(),
                workspace,
                Words.some(Requests.WORDS),
                publication,
                workspace,
                post.value(),
                account.value(),
                archive.platformOf(account),
                publication,
                workspace,
                workspace,
                account.value(),
                account.value(),
                digits,
                workspace,
                publication,
                ids.nextUuid(),
                workspace,
                post.toString(),
                post.toString(),
                BODY,
                ids.nextUuid(),
                workspace,
                post.toString(),
                post.toString(),
                BODY,
                workspace,
                digits,
                digits,
                reply,
                archive.key().toString()
            }) {
                statement.setObject(++position, value);
            }
            statement.execute();
        }
    }

    private static String digits(UUID first, UUID second) {
        return HexFormat.of()
                .formatHex(ByteBuffer.allocate(32)
                        .putLong(first.getMostSignificantBits())
                        .putLong(first.getLeastSignificantBits())
                        .putLong(second.getMostSignificantBits())
                        .putLong(second.getLeastSignificantBits())
                        .array());
    }
}
