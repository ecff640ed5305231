package dev.carillon.core.member;

import dev.carillon.core.auth.Role;
import dev.carillon.core.kernel.MemberId;
import dev.carillon.core.kernel.UserId;
import dev.carillon.core.user.EmailAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user in a workspace, as its other members see them.
 *
 * @param name null if none was given
 * @param createdAt database time, as is {@code updatedAt}
 */
public record Member(
        MemberId id,
        UserId user,
        EmailAddress email,
        @Nullable String name,
        Role role,
        Instant createdAt,
        Instant updatedAt) {}
