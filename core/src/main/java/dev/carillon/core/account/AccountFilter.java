package dev.carillon.core.account;

import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.platform.Platform;
import org.jspecify.annotations.Nullable;

/** Filters for listing accounts; null means all. */
public record AccountFilter(
        @Nullable Platform platform,
        @Nullable AccountStatus status,
        @Nullable AccountGroupId group) {
    public static final AccountFilter ALL = new AccountFilter(null, null, null);
}
