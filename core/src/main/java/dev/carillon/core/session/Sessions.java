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

/** Opens, finds and ends sessions. One that was ended lets nobody in after a second at most, on any process, with Redis gone too. */
@Singleton
public class Sessions {
    /** Of one user; at the next sign-in the oldest end. */
    static final int MOST = 50;

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

    /** Sessions that let somebody in, for when it matters who has one. */
    private final Cache<SessionId, Boolean> proven = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    Sessions(Transactions transactions, SessionQueries queries, SessionConfig config, Signals signals, Ids ids) {
        this.transactions = transactions;
        this.queries = queries;
        this.config = config;
        this.signals = signals;
        this.ids = ids;
        signals.subscribe(Signal.SESSIONS_CHANGED, known::invalidateAll);
    }

    /**
     * Lets a user in who has shown who they are. Of their sessions the newest {@value #MOST} stay.
     *
     * @param former what the same browser had until now, of whomever, which ends by that; null where it had none
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

    /** The session that a token names, as it was within the last second; empty where it lives no more. Notes that it was seen. */
    public Optional<SignedIn> find(SessionId id, Origin origin) {
        return known.get(id, unknown -> look(unknown, origin));
    }

    /** Whether it still lives, as it is now, for whoever only looks again: it does not count as being seen. */
    public Optional<SignedIn> findAgain(SessionId id) {
        return transactions.withoutWorkspace(() -> queries.findAlive(id));
    }

    /** Whether this process has found it alive within the last minutes. It asks nobody. */
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
