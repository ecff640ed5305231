package dev.carillon.core.pacing;

import dev.carillon.core.platform.PublishOutcome.PauseScope;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Stops accounts, and those who share a limit with them, before they are refused once more: what is paused is not claimed. A pause
 * is never shortened by a later one. An account without an identity, as all are in test mode, is paused alone instead.
 */
@Singleton
public class Pauses {
    private final PauseQueries queries;

    Pauses(PauseQueries queries) {
        this.queries = queries;
    }

    /**
     * Pauses them all; joins the open transaction. To be called once and last in it: hosts, apps, identities and lanes are shared
     * with others, and are locked here in this order.
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
