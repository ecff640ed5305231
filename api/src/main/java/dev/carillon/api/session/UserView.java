package dev.carillon.api.session;

import dev.carillon.core.kernel.Wire;
import dev.carillon.core.user.User;
import org.jspecify.annotations.Nullable;

/**
 * A person who signs in.
 *
 * @param name null if none was given
 */
@Wire
public record UserView(String id, String email, @Nullable String name) {
    public static UserView of(User user) {
        return new UserView(user.id().toString(), user.email().text(), user.name());
    }

    /** Shows only the id, to keep personal data out of logs. */
    @Override
    public String toString() {
        return id;
    }
}
