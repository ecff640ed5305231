package dev.carillon.core.apikey;

import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: every use case takes it first, works in its workspace and mode, and asks it for what it needs.
 *
 * @param agent whose key it is; null where it is no agent's
 */
public record Actor(
        WorkspaceId workspace,
        Mode mode,
        ApiKeyId key,
        Set<Scope> scopes,
        @Nullable AgentId agent) {
    public Actor {
        scopes = Set.copyOf(scopes);
    }

    /** Somebody whose key is no agent's. */
    public Actor(WorkspaceId workspace, Mode mode, ApiKeyId key, Set<Scope> scopes) {
        this(workspace, mode, key, scopes, null);
    }

    public Tenant tenant() {
        return new Tenant(workspace, mode);
    }

    /** The same caller in test mode, with the same scopes. When that is right is for {@code PlayedPosts} alone to say. */
    public Actor playing() {
        return new Actor(workspace, Mode.TEST, key, scopes, agent);
    }

    /**
     * Goes on only with the scope.
     *
     * @throws dev.carillon.core.kernel.Refusal {@code scope_missing}, naming it
     */
    public void require(Scope scope) {
        if (!scopes.contains(scope)) {
            throw ErrorCode.SCOPE_MISSING.at(
                    scope.wireName(), "This key lacks the scope %s.".formatted(scope.wireName()));
        }
    }
}
