package dev.carillon.core.session;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.SessionId;
import dev.carillon.core.kernel.UserId;
import dev.carillon.core.user.EmailAddress;
import dev.carillon.core.user.User;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

@Singleton
class SessionQueries {
    private static final String BY_ID = "SELECT * FROM session_by_id(?) WHERE alive";
    private static final String ADD = """
            INSERT INTO user_session (id, user_id, user_agent, address, idle_until, expires_at)
            VALUES (?, ?, ?, ?, clock_timestamp() + ? * interval '1 millisecond', clock_timestamp() + ? * interval '1 millisecond')
            RETURNING *
            """;
    // Written at most twice a minute for a session, however busy it is, and when it moves.
    private static final String TOUCH = """
            UPDATE user_session
            SET last_seen_at = clock_timestamp(), address = ?, idle_until = clock_timestamp() + ? * interval '1 millisecond'
            WHERE id = ? AND ended_at IS NULL
              AND (last_seen_at < clock_timestamp() - interval '30 seconds' OR address <> ?)
            """;
    private static final String ALIVE = "ended_at IS NULL AND least(idle_until, expires_at) > clock_timestamp()";
    private static final String LIST = """
            SELECT * FROM user_session WHERE user_id = ? AND %s ORDER BY id DESC
            """.formatted(ALIVE);
    private static final String END = """
            UPDATE user_session SET ended_at = clock_timestamp() WHERE user_id = ? AND id = ? AND %s
            """.formatted(ALIVE);
    private static final String END_OTHERS = """
            UPDATE user_session SET ended_at = clock_timestamp() WHERE user_id = ? AND id <> ? AND %s
            """.formatted(ALIVE);

    private final Sql sql;

    SessionQueries(Sql sql) {
        this.sql = sql;
    }

    /** The session, where it lives, with its user; before anybody is known. */
    Optional<SignedIn> findAlive(SessionId id) {
        return sql.of(BY_ID, id)
                .first(row -> new SignedIn(
                        new User(
                                row.id("user_id", UserId.KIND),
                                new EmailAddress(row.text("email")),
                                row.textOrNull("name"),
                                row.instant("user_created_at")),
                        session(row)));
    }

    /** As the user themselves, like everything below. */
    Session add(SessionId id, UserId user, Origin origin, SessionConfig lasting) {
        return sql.of(
                        ADD,
                        id,
                        user,
                        origin.userAgent(),
                        origin.address().getHostAddress(),
                        lasting.idle().toMillis(),
                        lasting.absolute().toMillis())
                .one(SessionQueries::session);
    }

    void touch(SessionId id, String address, Duration idle) {
        sql.of(TOUCH, address, idle.toMillis(), id, address).update();
    }

    List<Session> list(UserId user) {
        return sql.of(LIST, user).list(SessionQueries::session);
    }

    /** False where it lives no more, or is not theirs. */
    boolean end(UserId user, SessionId id) {
        return sql.of(END, user, id).update() == 1;
    }

    int endOthers(UserId user, SessionId kept) {
        return sql.of(END_OTHERS, user, kept).update();
    }

    private static Session session(Row row) {
        return new Session(
                row.id("id", SessionId.KIND),
                row.id("user_id", UserId.KIND),
                row.textOrNull("user_agent"),
                row.text("address"),
                row.instant("created_at"),
                row.instant("last_seen_at"),
                row.instant("expires_at"));
    }
}
