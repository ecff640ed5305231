package dev.carillon.core.apikey;

import dev.carillon.core.database.Fenced;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: every use case takes it first, works in its workspace and mode, and asks it for what it needs.
 *
 * @param caller by what they were let in
 * @param scopes of the key, or of the member's role
 * @param agent whose key it is; null where it is no agent's
 * @param bounds the accounts that it keeps to; the transactions that it asks for see no others
 */
public record Actor(
        WorkspaceId workspace,
        Mode mode,
        Caller caller,
        Set<Scope> scopes,
        @Nullable AgentId agent,
        AccountBounds bounds)
        implements Fenced {
    public Actor {
        scopes = Set.copyOf(scopes);
    }

    /** Somebody who is no agent, and not bound to accounts. */
    public Actor(WorkspaceId workspace, Mode mode, Caller caller, Set<Scope> scopes) {
        this(workspace, mode, caller, scopes, null, AccountBounds.unbound());
    }

    public Tenant tenant() {
        return new Tenant(workspace, mode);
    }

    /** The same caller in test mode, with the same scopes. When that is right is for {@code PlayedPosts} alone to say. */
    public Actor playing() {
        return new Actor(workspace, Mode.TEST, caller, scopes, agent, bounds);
    }

    /**
     * Goes on only with the scope.
     *
     * @throws dev.carillon.core.kernel.Refusal {@code scope_missing}, naming it
     */
    public void require(Scope scope) {
        if (!scopes.contains(scope)) {
            throw ErrorCode.SCOPE_MISSING.at(
                    scope.wireName(),
                    switch (caller) {
                        case Caller.ByKey key -> "This key lacks the scope %s.".formatted(scope.wireName());
                        case Caller.ByMember member ->
                            "Your role in this workspace lacks the scope %s.".formatted(scope.wireName());
                    });
        }
    }

    /**
     * Goes on only without bounds, for what shows or changes more than single accounts.
     *
     * @param what half a sentence that says why not, such as "a new account would lie outside of them"
     * @throws dev.carillon.core.kernel.Refusal {@code key_is_bound}
     */
    public void requireUnbound(String what) {
        if (bounds instanceof AccountBounds.Within) {
            throw ErrorCode.KEY_IS_BOUND.because(
                    "This key is bound to some accounts, and %s. Use a key without account_ids and account_group_ids."
                            .formatted(what));
        }
    }

    @Override
    public @Nullable Collection<Id> keepsTo() {
        return switch (bounds) {
            case AccountBounds.Unbound() -> null;
            case AccountBounds.Within within -> within.ids();
        };
    }

    /** The names of those of the scopes that the caller lacks, in order, with commas between them; empty where there are none. */
    public String lacking(Collection<Scope> wanted) {
        return wanted.stream()
                .filter(scope -> !scopes.contains(scope))
                .map(Scope::wireName)
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
