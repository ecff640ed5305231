package dev.carillon.core.account;

import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An identity that was just linked, with the credentials that the platform took.
 *
 * @param group where it goes; null for none in particular
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

    /** One that names no group: a new one goes to the default group, and a known one stays where it is. */
    public NewAccount(Platform platform, Identity identity, Credentials credentials, Map<String, Object> metadata) {
        this(platform, identity, credentials, metadata, null);
    }
}
