package dev.carillon.core.platform;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account as a connector sees it; its credentials come from {@link Credentials}.
 *
 * @param serviceUrl URL of the server that hosts the account, on platforms with many servers
 * @param accessExpiresAt business time at which access to the account ends; null if unknown or if access does not end
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
