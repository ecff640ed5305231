package dev.carillon.core.user;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.UserId;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Singleton
class UserQueries {
    private static final String BY_IDENTITY = "SELECT * FROM user_by_identity(?, ?)";
    private static final String BY_EMAIL = "SELECT * FROM user_by_email(?)";
    private static final String IS_EXPECTED = "SELECT is_expected(?) AS expected";
    private static final String BY_ID = "SELECT * FROM app_user WHERE id = ?";
    private static final String ADD = "INSERT INTO app_user (id, email, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String NAME = "UPDATE app_user SET name = ? WHERE id = ? AND name IS NULL";
    private static final String LINK =
            "INSERT INTO user_identity (issuer, subject, user_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";

    private final Sql sql;

    UserQueries(Sql sql) {
        this.sql = sql;
    }

    Optional<User> findByIdentity(VerifiedIdentity identity) {
        return sql.of(BY_IDENTITY, identity.issuer(), identity.subject()).first(UserQueries::user);
    }

    Optional<User> findByEmail(EmailAddress email) {
        return sql.of(BY_EMAIL, email.text()).first(UserQueries::user);
    }

    /** Whether an invitation for the address is open. */
    boolean isExpected(EmailAddress email) {
        return sql.of(IS_EXPECTED, email.text()).one(row -> row.truth("expected"));
    }

    /** Runs as the user, like everything below. */
    User get(UserId id) {
        return sql.of(BY_ID, id).one(UserQueries::user);
    }

    /** False if another user has the address by now. */
    boolean add(UserId id, EmailAddress email, @Nullable String name) {
        return sql.of(ADD, id, email.text(), name).update() == 1;
    }

    void nameUnlessNamed(UserId id, String name) {
        sql.of(NAME, name, id).update();
    }

    /** False if the identity is linked by now, to this user or another. */
    boolean link(VerifiedIdentity identity, UserId user) {
        return sql.of(LINK, identity.issuer(), identity.subject(), user).update() == 1;
    }

    private static User user(Row row) {
        return new User(
                row.id("id", UserId.KIND),
                new EmailAddress(row.text("email")),
                row.textOrNull("name"),
                row.instant("created_at"));
    }
}
