package dev.carillon.core.account;

import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A newly linked identity, with the credentials that the platform accepted.
 *
 * @param group the group for the account; null if none is named
 */
public record NewAccount(
        Platform platform,
        Identity identity,
        Credentials credentials,
        Map<String, Object> metadata,
        @Nullable AccountGroupId group) {
    public NewAccount {
        metadata = Map.copyOf(metadata);
    }

    /** An account that names no group: a new account goes to the default group, and a known one keeps its group. */
    public NewAccount(Platform platform, Identity identity, Credentials credentials, Map<String, Object> metadata) {
        this(platform, identity, credentials, metadata, null);
    }
}
