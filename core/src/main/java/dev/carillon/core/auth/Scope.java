package dev.carillon.core.auth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a key may do. */
public enum Scope {
    POSTS_READ,
    POSTS_DRAFT,
    POSTS_SCHEDULE,
    POSTS_PUBLISH,
    MEDIA_READ,
    MEDIA_UPLOAD,
    ACCOUNTS_READ,
    ACCOUNTS_WRITE,
    EVENTS_READ,
    WEBHOOKS_READ,
    WEBHOOKS_WRITE,
    USAGE_READ,
    LOGS_READ,
    AUDIT_READ,
    API_KEYS_WRITE,
    AGENTS_WRITE,
    BILLING_READ,
    BILLING_WRITE,
    SANDBOX_WRITE,
    WORKSPACE_ADMIN;

    /** The name on the wire, for example {@code api_keys.write}: the last word is the action. */
    public String wireName() {
        var name = name().toLowerCase(Locale.ROOT);
        int last = name.lastIndexOf('_');
        return name.substring(0, last) + "." + name.substring(last + 1);
    }

    public static Optional<Scope> named(String wireName) {
        return Arrays.stream(values())
                .filter(scope -> scope.wireName().equals(wireName))
                .findFirst();
    }
}
