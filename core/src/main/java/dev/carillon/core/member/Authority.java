package dev.carillon.core.member;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.apikey.Caller;
import dev.carillon.core.apikey.Scope;
import dev.carillon.core.kernel.ErrorCode;
import java.util.stream.Collectors;

/** What somebody may do about the members of a workspace. */
final class Authority {
    private Authority() {}

    /** Members see each other; a key has to be one that governs the workspace. */
    static void requireSight(Actor actor) {
        switch (actor.caller()) {
            case Caller.ByKey key -> actor.require(Scope.WORKSPACE_ADMIN);
            case Caller.ByMember member -> {}
        }
    }

    /**
     * Nobody gives a role, or takes one away, that may do more than they may themselves.
     *
     * @param param the field that names it; where it is somebody's role already, what that is about
     */
    static void requireOver(Actor actor, Role role, String param) {
        var beyond = role.scopes().stream()
                .filter(scope -> !actor.scopes().contains(scope))
                .map(Scope::wireName)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!beyond.isEmpty()) {
            throw ErrorCode.SCOPE_MISSING.at(
                    param,
                    "The role %s may do what you may not, and is not yours to give or take: %s."
                            .formatted(role.wireName(), beyond));
        }
    }
}
