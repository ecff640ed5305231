package dev.carillon.core.member;

import dev.carillon.core.apikey.ApiKey;
import dev.carillon.core.apikey.WorkspaceApiKeys;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Caller;
import dev.carillon.core.auth.Role;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;

/** Checks what a caller may do to the members of a workspace. */
public final class Authority {
    private Authority() {}

    /** Members see each other; a key needs {@code workspace.admin}. */
    public static void requireSight(Actor actor) {
        switch (actor.caller()) {
            case Caller.ByKey key -> actor.require(Scope.WORKSPACE_ADMIN);
            case Caller.ByMember member -> {}
        }
    }

    /**
     * Members belong to both modes and outlive every key, so a restricted key may neither add members nor change them.
     *
     * @param keys looks up the caller's key; the transaction is the caller's
     */
    static void requireUnheld(Actor actor, WorkspaceApiKeys keys) {
        keys.ofCaller(actor).ifPresent(key -> requireUnheld(actor, key));
    }

    private static void requireUnheld(Actor actor, ApiKey key) {
        if (actor.mode() == Mode.TEST) {
            throw ErrorCode.MODE_MISMATCH.because("Members belong to both modes; use a live key, or sign in.");
        }
        if (key.agent() != null
                || key.expiresAt() != null
                || key.rate() != null
                || !key.allowedAddresses().isEmpty()) {
            throw ErrorCode.SCOPE_MISSING.at(
                    Scope.WORKSPACE_ADMIN.wireName(),
                    "A key with an agent, an expiry, allowed addresses or a rate limit cannot manage members; use another key.");
        }
    }

    /**
     * A caller may grant or revoke only roles whose scopes it has itself.
     *
     * @param param the field that names the role; for an existing role, the id of the member or invitation that has it
     */
    public static void requireOver(Actor actor, Role role, String param) {
        var beyond = actor.lacking(role.scopes());
        if (!beyond.isEmpty()) {
            throw ErrorCode.SCOPE_MISSING.at(
                    param,
                    "You cannot grant or remove the role %s, because you lack these scopes: %s."
                            .formatted(role.wireName(), beyond));
        }
    }
}
