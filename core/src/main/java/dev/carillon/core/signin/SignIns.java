package dev.carillon.core.signin;

import dev.carillon.core.kernel.SessionId;
import dev.carillon.core.session.Origin;
import dev.carillon.core.session.Sessions;
import dev.carillon.core.session.SignedIn;
import dev.carillon.core.user.Users;
import dev.carillon.core.user.VerifiedIdentity;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Gives a session to whoever has shown who they are, in whatever way. */
@Singleton
public class SignIns {
    private final Users users;
    private final Sessions sessions;

    SignIns(Users users, Sessions sessions) {
        this.users = users;
        this.sessions = sessions;
    }

    /**
     * Lets them in.
     *
     * @param former the session that their browser had until now, of whomever, which ends by that; null where it had none
     * @throws dev.carillon.core.kernel.Refusal as {@link Users#findOrMake(VerifiedIdentity)}
     */
    public SignedIn enter(VerifiedIdentity identity, Origin origin, @Nullable SessionId former) {
        var user = users.findOrMake(identity);
        return new SignedIn(user, sessions.open(user.id(), origin, former));
    }
}
