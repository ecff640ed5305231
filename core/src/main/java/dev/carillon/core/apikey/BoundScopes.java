package dev.carillon.core.apikey;

import dev.carillon.core.auth.Scope;
import java.util.Optional;

/**
 * The scopes that a key bound to accounts may have: those whose routes show and control only accounts, posts and
 * publications, which can be restricted by account. Every new scope needs a decision here.
 */
final class BoundScopes {
    private BoundScopes() {}

    /** Why a bound key cannot have the scope; empty if it can. */
    static Optional<String> objection(Scope scope) {
        return switch (scope) {
            case POSTS_READ,
                    POSTS_DRAFT,
                    POSTS_SCHEDULE,
                    POSTS_PUBLISH,
                    ACCOUNTS_READ,
                    ACCOUNTS_WRITE,
                    API_KEYS_WRITE -> Optional.empty();
            case MEDIA_READ, MEDIA_UPLOAD -> Optional.of("media belong to the workspace, not to an account");
            case EVENTS_READ -> Optional.of("events cover every account");
            case WEBHOOKS_READ, WEBHOOKS_WRITE -> Optional.of("webhook endpoints receive the events of every account");
            case USAGE_READ -> Optional.of("usage covers every account");
            case LOGS_READ -> Optional.of("jobs cover every account");
            case AUDIT_READ -> Optional.of("the audit log covers every account");
            case AGENTS_WRITE -> Optional.of("disabling an agent stops keys that reach other accounts");
            case BILLING_READ, BILLING_WRITE -> Optional.of("the workspace is billed as a whole");
            case SANDBOX_WRITE -> Optional.of("faults and test clocks affect every test account");
            case WORKSPACE_ADMIN -> Optional.of("settings apply to every account");
        };
    }
}
