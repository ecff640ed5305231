package dev.carillon.core.signin;

import dev.carillon.core.database.Sql;
import dev.carillon.core.sealing.SecretToken;
import dev.carillon.core.user.EmailAddress;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
class SignInQueries {
    private static final String ASK = """
            SELECT request_sign_in(?, ?, ?, ?, ? * interval '1 millisecond', ? * interval '1 millisecond', ?, ?, ?) AS wait_seconds
            """;
    private static final String USE = "SELECT * FROM consume_sign_in(?, ?)";

    private final Sql sql;

    SignInQueries(Sql sql) {
        this.sql = sql;
    }

    /** The result of opening a link. */
    record Use(String outcome, @Nullable String email) {}

    /** Empty once the request is recorded; otherwise the seconds until the next one is allowed. */
    Optional<Integer> ask(
            SecretToken token, SecretToken browser, EmailAddress email, String from, SignInConfig bounds) {
        return sql.of(
                        ASK,
                        token.sha256(),
                        browser.sha256(),
                        email.text(),
                        from,
                        bounds.link().toMillis(),
                        bounds.window().toMillis(),
                        bounds.perEmail(),
                        bounds.perEmailAndAddress(),
                        bounds.perAddress())
                .one(row -> Optional.ofNullable(row.integerOrNull("wait_seconds")));
    }

    Use use(SecretToken token, @Nullable SecretToken browser) {
        return sql.of(USE, token.sha256(), browser == null ? null : browser.sha256())
                .one(row -> new Use(row.text("outcome"), row.textOrNull("email")));
    }
}
