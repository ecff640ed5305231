package dev.carillon.core.auth;

import dev.carillon.core.database.WorkspaceScoped;
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
 * The caller. Every use case takes it as its first argument, works in its workspace and mode, and checks its rights.
 *
 * @param caller how it was authenticated
 * @param scopes of the key, or of the member's role
 * @param agent the agent that owns the key; null if none does
 * @param bounds the accounts that it may reach; its transactions see no others
 */
public record Actor(
        WorkspaceId workspace,
        Mode mode,
        Caller caller,
        Set<Scope> scopes,
        @Nullable AgentId agent,
        AccountBounds bounds)
        implements WorkspaceScoped {
    public Actor {
        scopes = Set.copyOf(scopes);
    }

    /** A caller that is not an agent and not bound to accounts. */
    public Actor(WorkspaceId workspace, Mode mode, Caller caller, Set<Scope> scopes) {
        this(workspace, mode, caller, scopes, null, AccountBounds.unbound());
    }

    public Tenant tenant() {
        return new Tenant(workspace, mode);
    }

    /** The same caller in test mode, with the same scopes. Only {@code SandboxedPosts} decides when this is allowed. */
    public Actor inSandbox() {
        return new Actor(workspace, Mode.TEST, caller, scopes, agent, bounds);
    }

    /**
     * Requires the scope.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code scope_missing}, naming it
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
     * Requires a caller without bounds, for operations that show or change more than single accounts.
     *
     * @param what a clause that gives the reason, such as "a new account would lie outside of them"
     * @throws dev.carillon.core.kernel.ApiException {@code key_is_bound}
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

    /** The names of the scopes that the caller lacks, sorted and separated by commas; empty if it lacks none. */
    public String lacking(Collection<Scope> wanted) {
        return wanted.stream()
                .filter(scope -> !scopes.contains(scope))
                .map(Scope::wireName)
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
