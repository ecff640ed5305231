package dev.carillon.api.session;

import dev.carillon.core.member.OwnWorkspaces;
import dev.carillon.core.session.SignedIn;
import jakarta.inject.Singleton;

/** Builds what a signed-in person's browser needs for its next requests. */
@Singleton
public final class CurrentSessions {
    private final OwnWorkspaces workspaces;
    private final Meant meant;

    CurrentSessions(OwnWorkspaces workspaces, Meant meant) {
        this.workspaces = workspaces;
        this.meant = meant;
    }

    public CurrentSessionResponse view(SignedIn signedIn) {
        return CurrentSessionResponse.of(
                signedIn, meant.tokenOf(signedIn.session().id()), workspaces.list(signedIn));
    }
}
