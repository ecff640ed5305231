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
    private static final String SEE = "SELECT * FROM touch_session(?, ?, ? * interval '1 millisecond')";
    private static final String ALIVE = "ended_at IS NULL AND least(idle_until, expires_at) > clock_timestamp()";
    private static final String LIST = """
            SELECT * FROM user_session WHERE user_id = ? AND %s ORDER BY id DESC
            """.formatted(ALIVE);
    private static final String END = """
            UPDATE user_session SET ended_at = clock_timestamp() WHERE user_id = ? AND id = ? AND %s
            """.formatted(ALIVE);
    private static final String END_ALL_BUT_NEWEST = """
            UPDATE user_session SET ended_at = clock_timestamp() WHERE user_id = ? AND %1$s AND id NOT IN (
                SELECT id FROM user_session WHERE user_id = ? AND %1$s ORDER BY id DESC LIMIT ?)
            """.formatted(ALIVE);
    private static final String END_OTHERS = """
            UPDATE user_session SET ended_at = clock_timestamp() WHERE user_id = ? AND id <> ? AND %s
            """.formatted(ALIVE);

    private final Sql sql;

    SessionQueries(Sql sql) {
        this.sql = sql;
    }

    /** The session with its user, if it is active; called before the user is known. */
    Optional<SignedIn> findAlive(SessionId id) {
        return sql.of(BY_ID, id).first(SessionQueries::signedIn);
    }

    /**
     * Like {@code findAlive}, and records the use. Concurrent calls that use and end the same session wait for each
     * other.
     */
    Optional<SignedIn> see(SessionId id, String address, Duration idle) {
        return sql.of(SEE, id, address, idle.toMillis()).first(SessionQueries::signedIn);
    }

    /** Runs as the user, like everything below. */
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

    List<Session> list(UserId user) {
        return sql.of(LIST, user).list(SessionQueries::session);
    }

    /** False if it has ended, or belongs to another user. */
    boolean end(UserId user, SessionId id) {
        return sql.of(END, user, id).update() == 1;
    }

    int endOthers(UserId user, SessionId kept) {
        return sql.of(END_OTHERS, user, kept).update();
    }

    /** Ends all active sessions except the newest {@code kept}. */
    int endAllButNewest(UserId user, int kept) {
        return sql.of(END_ALL_BUT_NEWEST, user, user, kept).update();
    }

    private static SignedIn signedIn(Row row) {
        return new SignedIn(
                new User(
                        row.id("user_id", UserId.KIND),
                        new EmailAddress(row.text("email")),
                        row.textOrNull("name"),
                        row.instant("user_created_at")),
                session(row));
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
