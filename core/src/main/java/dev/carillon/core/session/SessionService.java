package dev.carillon.core.session;

import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.SessionId;
import dev.carillon.core.kernel.UserId;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens, finds and ends sessions. An ended session is refused within a second by every process, even while Redis is
 * unreachable.
 */
@Singleton
public class SessionService {
    /** Per user; the next sign-in ends the oldest ones beyond it. */
    static final int MOST = 50;

    private final Transactions transactions;
    private final SessionQueries queries;
    private final SessionConfig config;
    private final Signals signals;
    private final Ids ids;

    // As with keys: together with the look-up this stays below one second, and a signal makes it sooner.
    private final Cache<SessionId, Optional<SignedIn>> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMillis(800))
            .build();

    /** Sessions that were accepted recently; see {@code isProven}. */
    private final Cache<SessionId, Boolean> proven = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    SessionService(Transactions transactions, SessionQueries queries, SessionConfig config, Signals signals, Ids ids) {
        this.transactions = transactions;
        this.queries = queries;
        this.config = config;
        this.signals = signals;
        this.ids = ids;
        signals.subscribe(Signal.SESSIONS_CHANGED, known::invalidateAll);
    }

    /**
     * Opens a session for an authenticated user. The user keeps their newest {@value #MOST} sessions.
     *
     * @param former the browser's previous session, of any user, which is ended; null if it had none
     */
    public Session open(UserId user, Origin origin, @Nullable SessionId former) {
        var opened = transactions.asUser(user, () -> {
            var session = queries.add(ids.next(SessionId.KIND), user, origin, config);
            if (queries.endAllButNewest(user, MOST) > 0) {
                tell();
            }
            return session;
        });
        if (former != null) {
            findAgain(former).ifPresent(this::leave);
        }
        return opened;
    }

    private void leave(SignedIn former) {
        var user = former.user().id();
        transactions.asUser(user, () -> {
            if (queries.end(user, former.session().id())) {
                tell();
            }
            return user;
        });
    }

    /** The session with this id; the answer is at most a second old. Empty if it has ended. Records the use. */
    public Optional<SignedIn> find(SessionId id, Origin origin) {
        return known.get(id, unknown -> look(unknown, origin));
    }

    /** The session's present state, for callers that only check it again: it does not count as a use. */
    public Optional<SignedIn> findAgain(SessionId id) {
        return transactions.withoutWorkspace(() -> queries.findAlive(id));
    }

    /** Whether this process has found it active within the last minutes. Makes no query. */
    public boolean isProven(SessionId id) {
        return proven.getIfPresent(id) != null;
    }

    private Optional<SignedIn> look(SessionId id, Origin origin) {
        var address = origin.address().getHostAddress();
        var found = transactions.withoutWorkspace(() -> queries.see(id, address, config.idle()));
        if (found.isPresent()) {
            proven.put(id, true);
        }
        return found;
    }

    /** This user's active sessions, newest first. */
    public List<Session> list(SignedIn signedIn) {
        var user = signedIn.user().id();
        return transactions.asUser(user, () -> queries.list(user));
    }

    /**
     * Ends one of the user's own sessions; signing out ends the current one.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code not_found} if it has ended, or belongs to another user
     */
    public void end(SignedIn signedIn, SessionId id) {
        var user = signedIn.user().id();
        transactions.asUser(user, () -> {
            if (!queries.end(user, id)) {
                throw NOT_FOUND.because("There is no session %s.".formatted(id));
            }
            tell();
            return id;
        });
    }

    /** Ends all of the user's sessions except this one; returns how many. */
    public int endOthers(SignedIn signedIn) {
        var user = signedIn.user().id();
        return transactions.asUser(user, () -> {
            int ended = queries.endOthers(user, signedIn.session().id());
            tell();
            return ended;
        });
    }

    private void tell() {
        transactions.afterCommit(() -> signals.send(Signal.SESSIONS_CHANGED));
    }
}
