package dev.carillon.core.account;

import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import java.util.Map;

/** An identity that was just linked, with the credentials that the platform took. */
public record NewAccount(Platform platform, Identity identity, Credentials credentials, Map<String, Object> metadata) {
    public NewAccount {
        metadata = Map.copyOf(metadata);
    }
}
