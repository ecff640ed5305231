package dev.carillon.core.pacing;

import dev.carillon.core.platform.PublishOutcome.PauseScope;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Pauses accounts, and others that share a limit with them, before the platform refuses them again: paused work is not
 * claimed. A later pause never shortens an earlier one. An account without an identity, as all are in test mode, is
 * paused alone instead.
 */
@Singleton
public class Pauses {
    private final PauseQueries queries;

    Pauses(PauseQueries queries) {
        this.queries = queries;
    }

    /**
     * Applies all pauses; joins the open transaction. Call this once, and last in the transaction: hosts, apps,
     * identities and lanes are shared with other transactions, and are locked here in this order.
     */
    public void pause(Collection<Pause> pauses) {
        stop(pauses, Set.of(PauseScope.HOST), queries::pauseHosts);
        stop(pauses, Set.of(PauseScope.APP), queries::pauseApps);
        stop(pauses, Set.of(PauseScope.IDENTITY), queries::pauseIdentities);
        stop(pauses, Set.of(PauseScope.ACCOUNT, PauseScope.IDENTITY), queries::pauseAccounts);
    }

    private static void stop(Collection<Pause> pauses, Set<PauseScope> scopes, Consumer<List<Pause>> stop) {
        var ofThese =
                pauses.stream().filter(pause -> scopes.contains(pause.scope())).toList();
        if (!ofThese.isEmpty()) {
            stop.accept(ofThese);
        }
    }
}
