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

/** Opens, finds and ends sessions. One that was ended lets nobody in after a second at most, on any process, with Redis gone too. */
@Singleton
public class Sessions {
    private final Transactions transactions;
    private final SessionQueries queries;
    private final SessionConfig config;
    private final Signals signals;
    private final Ids ids;

    // As with keys: below a second with the look-up itself, and a signal makes it sooner.
    private final Cache<SessionId, Optional<SignedIn>> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMillis(800))
            .build();

    Sessions(Transactions transactions, SessionQueries queries, SessionConfig config, Signals signals, Ids ids) {
        this.transactions = transactions;
        this.queries = queries;
        this.config = config;
        this.signals = signals;
        this.ids = ids;
        signals.subscribe(Signal.SESSIONS_CHANGED, known::invalidateAll);
    }

    /** Lets a user in who has shown who they are. */
    public Session open(UserId user, Origin origin) {
        return transactions.asUser(user, () -> queries.add(ids.next(SessionId.KIND), user, origin, config));
    }

    /** The session that a token names, as it was within the last second; empty where it lives no more. Notes that it was seen. */
    public Optional<SignedIn> find(SessionId id, Origin origin) {
        return known.get(id, unknown -> look(unknown, origin));
    }

    /** Whether it still lives, as it is now, for whoever only looks again: it does not count as being seen. */
    public Optional<SignedIn> findAgain(SessionId id) {
        return transactions.withoutWorkspace(() -> queries.findAlive(id));
    }

    /** The same, as it is now. */
    public Optional<SignedIn> findNow(SessionId id, Origin origin) {
        var found = look(id, origin);
        known.put(id, found);
        return found;
    }

    private Optional<SignedIn> look(SessionId id, Origin origin) {
        var found = transactions.withoutWorkspace(() -> queries.findAlive(id));
        found.ifPresent(signedIn -> transactions.asUser(signedIn.user().id(), () -> {
            queries.touch(id, origin.address().getHostAddress(), config.idle());
            return id;
        }));
        return found;
    }

    /** The sessions of this user that live, newest first. */
    public List<Session> list(SignedIn signedIn) {
        var user = signedIn.user().id();
        return transactions.asUser(user, () -> queries.list(user));
    }

    /**
     * Ends one of one's own sessions; its own for signing out.
     *
     * @throws dev.carillon.core.kernel.Refusal {@code not_found} where it lives no more, or is somebody else's
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

    /** Ends all of one's sessions but this one; says how many. */
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
