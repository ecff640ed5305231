package dev.carillon.core.oidc;

import dev.carillon.core.database.Sql;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sign-ins in progress, stored by hashes, in database time. */
@Singleton
class OidcSignInQueries {
    private static final String BEGIN = "SELECT begin_oidc_sign_in(?, ?, ?, ?, ?)";
    private static final String END = "SELECT * FROM end_oidc_sign_in(?, ?, ?)";

    private final Sql sql;

    OidcSignInQueries(Sql sql) {
        this.sql = sql;
    }

    /**
     * A sign-in in progress.
     *
     * @param inTime whether it has not expired
     */
    record Begun(@Nullable String returnTo, boolean inTime) {}

    void begin(SignInSecrets secrets, String provider, @Nullable String returnTo, Duration lifetime) {
        sql.of(BEGIN, secrets.state().sha256(), secrets.browser().sha256(), provider, returnTo, (int)
                        lifetime.toSeconds())
                .one(row -> true);
    }

    /** Removes the sign-in; empty if this browser has none with this state at this provider, or no longer has it. */
    Optional<Begun> end(SignInSecrets secrets, String provider) {
        return sql.of(END, secrets.state().sha256(), secrets.browser().sha256(), provider)
                .first(row -> new Begun(row.textOrNull("return_to"), row.truth("in_time")));
    }
}
