package dev.carillon.core.auth;

import static dev.carillon.core.auth.Scope.ACCOUNTS_READ;
import static dev.carillon.core.auth.Scope.ACCOUNTS_WRITE;
import static dev.carillon.core.auth.Scope.BILLING_WRITE;
import static dev.carillon.core.auth.Scope.EVENTS_READ;
import static dev.carillon.core.auth.Scope.LOGS_READ;
import static dev.carillon.core.auth.Scope.MEDIA_READ;
import static dev.carillon.core.auth.Scope.MEDIA_UPLOAD;
import static dev.carillon.core.auth.Scope.POSTS_DRAFT;
import static dev.carillon.core.auth.Scope.POSTS_PUBLISH;
import static dev.carillon.core.auth.Scope.POSTS_READ;
import static dev.carillon.core.auth.Scope.POSTS_SCHEDULE;
import static dev.carillon.core.auth.Scope.SANDBOX_WRITE;
import static dev.carillon.core.auth.Scope.USAGE_READ;
import static dev.carillon.core.auth.Scope.WEBHOOKS_READ;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A member's rights, as scopes. Each role includes all rights of those after it. */
public enum Role {
    /** Everything. A workspace always has at least one owner. */
    OWNER,
    /** Everything except billing changes. */
    ADMIN,
    /** Accounts, media and posts. */
    EDITOR,
    /** Read only. */
    VIEWER;

    private static final Set<Scope> OF_VIEWERS =
            Set.of(POSTS_READ, MEDIA_READ, ACCOUNTS_READ, EVENTS_READ, WEBHOOKS_READ, USAGE_READ, LOGS_READ);
    private static final Set<Scope> OF_EDITORS =
            with(OF_VIEWERS, POSTS_DRAFT, POSTS_SCHEDULE, POSTS_PUBLISH, MEDIA_UPLOAD, ACCOUNTS_WRITE, SANDBOX_WRITE);
    private static final Set<Scope> OF_ADMINS = Set.copyOf(EnumSet.complementOf(EnumSet.of(BILLING_WRITE)));
    private static final Set<Scope> OF_OWNERS = Set.copyOf(EnumSet.allOf(Scope.class));

    public Set<Scope> scopes() {
        return switch (this) {
            case OWNER -> OF_OWNERS;
            case ADMIN -> OF_ADMINS;
            case EDITOR -> OF_EDITORS;
            case VIEWER -> OF_VIEWERS;
        };
    }

    private static Set<Scope> with(Set<Scope> scopes, Scope... more) {
        return Stream.concat(scopes.stream(), Arrays.stream(more)).collect(Collectors.toUnmodifiableSet());
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> named(String wireName) {
        return Arrays.stream(values())
                .filter(role -> role.wireName().equals(wireName))
                .findFirst();
    }
}
