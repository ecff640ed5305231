package dev.carillon.core.apikey;

import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import java.util.Set;

/** Who asks: every use case takes it first, works in its workspace and mode, and asks it for what it needs. */
public record Actor(WorkspaceId workspace, Mode mode, ApiKeyId key, Set<Scope> scopes) {
    public Actor {
        scopes = Set.copyOf(scopes);
    }

    public Tenant tenant() {
        return new Tenant(workspace, mode);
    }

    /** The same caller in test mode, with the same scopes. When that is right is for {@code PlayedPosts} alone to say. */
    public Actor playing() {
        return new Actor(workspace, Mode.TEST, key, scopes);
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
