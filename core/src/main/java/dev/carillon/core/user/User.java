package dev.carillon.core.user;

import dev.carillon.core.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person who signs in. {@code toString} shows the id alone.
 *
 * @param email which was shown to be theirs
 * @param name as somebody who vouches for them gave it; null where nobody did
 * @param createdAt database time
 */
public record User(UserId id, EmailAddress email, @Nullable String name, Instant createdAt) {
    @Override
    public String toString() {
        return id.toString();
    }
}
