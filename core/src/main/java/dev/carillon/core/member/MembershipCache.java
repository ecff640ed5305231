package dev.carillon.core.member;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.UserId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Looks up memberships; the answer is at most a second old. */
@Singleton
public class MembershipCache {
    private final Transactions transactions;
    private final MemberQueries queries;

    // As with keys: together with the look-up this stays below one second, and a signal makes it sooner.
    private final Cache<Key, Optional<Membership>> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMillis(800))
            .build();

    MembershipCache(Transactions transactions, MemberQueries queries, Signals signals) {
        this.transactions = transactions;
        this.queries = queries;
        signals.subscribe(Signal.MEMBERS_CHANGED, known::invalidateAll);
    }

    private record Key(UserId user, WorkspaceId workspace) {}

    /** Empty if the user is not a member, or if there is no such workspace. */
    public Optional<Membership> find(UserId user, WorkspaceId workspace) {
        return known.get(
                new Key(user, workspace),
                key -> transactions.inWorkspace(workspace, () -> queries.membership(user, workspace)));
    }
}
