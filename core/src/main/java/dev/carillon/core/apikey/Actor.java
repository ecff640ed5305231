package dev.carillon.core.apikey;

import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: every use case takes it first, works in its workspace and mode, and asks it for what it needs.
 *
 * @param caller by what they were let in
 * @param scopes of the key, or of the member's role
 * @param agent whose key it is; null where it is no agent's
 */
public record Actor(
        WorkspaceId workspace,
        Mode mode,
        Caller caller,
        Set<Scope> scopes,
        @Nullable AgentId agent) {
    public Actor {
        scopes = Set.copyOf(scopes);
    }

    /** Somebody who is no agent. */
    public Actor(WorkspaceId workspace, Mode mode, Caller caller, Set<Scope> scopes) {
        this(workspace, mode, caller, scopes, null);
    }

    public Tenant tenant() {
        return new Tenant(workspace, mode);
    }

    /** The same caller in test mode, with the same scopes. When that is right is for {@code PlayedPosts} alone to say. */
    public Actor playing() {
        return new Actor(workspace, Mode.TEST, caller, scopes, agent);
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
}
