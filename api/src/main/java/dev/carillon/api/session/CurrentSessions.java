package dev.carillon.api.session;

import dev.carillon.core.member.OwnWorkspaceService;
import dev.carillon.core.session.SignedIn;
import jakarta.inject.Singleton;

/** Builds what a signed-in person's browser needs for its next requests. */
@Singleton
public final class CurrentSessions {
    private final OwnWorkspaceService workspaces;
    private final CsrfProtection csrf;

    CurrentSessions(OwnWorkspaceService workspaces, CsrfProtection csrf) {
        this.workspaces = workspaces;
        this.csrf = csrf;
    }

    public CurrentSessionResponse view(SignedIn signedIn) {
        return CurrentSessionResponse.of(
                signedIn, csrf.tokenOf(signedIn.session().id()), workspaces.list(signedIn));
    }
}
