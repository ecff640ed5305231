package dev.carillon.core.account;

import dev.carillon.core.platform.Platform;
import org.jspecify.annotations.Nullable;

/** Which accounts are asked for; null means all. */
public record AccountFilter(
        @Nullable Platform platform, @Nullable AccountStatus status) {
    public static final AccountFilter ALL = new AccountFilter(null, null);
}
