package dev.carillon.core.user;

import dev.carillon.core.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person who signs in. {@code toString} shows only the id.
 *
 * @param email verified address
 * @param name as given by an identity provider; null if none gave one
 * @param createdAt database time
 */
public record User(UserId id, EmailAddress email, @Nullable String name, Instant createdAt) {
    @Override
    public String toString() {
        return id.toString();
    }
}
