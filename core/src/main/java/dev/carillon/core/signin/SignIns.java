package dev.carillon.core.signin;

import dev.carillon.core.kernel.SessionId;
import dev.carillon.core.session.Origin;
import dev.carillon.core.session.SessionService;
import dev.carillon.core.session.SignedIn;
import dev.carillon.core.user.UserService;
import dev.carillon.core.user.VerifiedIdentity;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Opens a session for a verified identity, whatever the method of sign-in. */
@Singleton
public class SignIns {
    private final UserService users;
    private final SessionService sessions;

    SignIns(UserService users, SessionService sessions) {
        this.users = users;
        this.sessions = sessions;
    }

    /**
     * Signs the user in.
     *
     * @param former the browser's previous session, of any user, which is ended; null if it had none
     * @throws dev.carillon.core.kernel.ApiException as {@link UserService#findOrMake(VerifiedIdentity)}
     */
    public SignedIn enter(VerifiedIdentity identity, Origin origin, @Nullable SessionId former) {
        var user = users.findOrMake(identity);
        return new SignedIn(user, sessions.open(user.id(), origin, former));
    }
}
