package dev.carillon.core.platform;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account as a connector sees it; its credentials come from {@link Credentials}.
 *
 * @param serviceUrl where the account lives, on platforms of many servers
 * @param accessExpiresAt business time at which access to it ends; null where that is not known, or never
 */
public record ConnectedAccount(
        WorkspaceId workspace,
        Mode mode,
        AccountId id,
        Platform platform,
        String externalId,
        String username,
        @Nullable String serviceUrl,
        @Nullable Instant accessExpiresAt) {}
