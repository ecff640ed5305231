package dev.carillon.api.apikey;

import dev.carillon.api.input.Sorted;
import dev.carillon.core.apikey.ApiKey;
import dev.carillon.core.apikey.ApiKeySecret;
import dev.carillon.core.apikey.WorkspaceApiKeys.Issued;
import dev.carillon.core.apikey.WorkspaceApiKeys.Rotated;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key of the workspace. All times are real time, not test-clock time.
 *
 * @param object always {@code api_key}
 * @param mode live or test
 * @param agentId the agent that owns the key; null if no agent does
 * @param allowedAddresses address blocks that the key may be used from; empty for all
 * @param accountIds the accounts that the key is restricted to, together with all accounts in the account groups; if both lists are empty,
 *     the key is not account-bound
 * @param accountGroupIds the account groups that the key is restricted to
 * @param rateLimit the key's own limit, over all of its requests; null if only the limits of the plan apply
 * @param lastFour the last four characters of its secret
 * @param status active, disabled (its agent is disabled), expired or revoked
 * @param secret the secret that you send with requests; only in the replies that create or rotate the key
 * @param expiresAt null for never
 * @param expiresPreviousAt when the previous secret expires; only in the reply that rotates the key
 * @param lastUsedAt accurate to about half a minute
 * @param createdBy the key or the member that created it; null if the operator did
 */
@Wire
record ApiKeyResponse(
        String id,
        String object,
        String name,
        String mode,
        List<String> scopes,
        @Nullable String agentId,
        List<String> allowedAddresses,
        List<String> accountIds,
        List<String> accountGroupIds,
        @Nullable RateLimitView rateLimit,
        String lastFour,
        String status,
        @Nullable String secret,
        @Nullable Instant expiresAt,
        @Nullable Instant expiresPreviousAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        @Nullable String createdBy,
        Map<String, Object> metadata,
        boolean livemode,
        Instant createdAt) {

    static ApiKeyResponse of(ApiKey key) {
        return of(key, null, null);
    }

    static ApiKeyResponse of(Issued issued) {
        return of(issued.key(), issued.secret(), null);
    }

    static ApiKeyResponse of(Rotated rotated) {
        return of(rotated.key(), rotated.secret(), rotated.formerUntil());
    }

    private static ApiKeyResponse of(ApiKey key, @Nullable ApiKeySecret secret, @Nullable Instant formerUntil) {
        boolean livemode = key.tenant().mode().livemode();
        return new ApiKeyResponse(
                key.id().toString(),
                "api_key",
                key.name(),
                livemode ? "live" : "test",
                key.scopes().stream().map(Scope::wireName).sorted().toList(),
                Objects.toString(key.agent(), null),
                key.allowedAddresses().texts(),
                key.bounds().accounts().stream()
                        .map(AccountId::toString)
                        .sorted()
                        .toList(),
                key.bounds().groups().stream()
                        .map(AccountGroupId::toString)
                        .sorted()
                        .toList(),
                RateLimitView.of(key.rate()),
                key.lastFour(),
                key.status().wireName(),
                secret == null ? null : secret.value(),
                key.expiresAt(),
                formerUntil,
                key.lastUsedAt(),
                key.revokedAt(),
                Objects.toString(key.createdBy(), null),
                Sorted.byKey(key.metadata()),
                livemode,
                key.createdAt());
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "ApiKeyResponse[" + id + "]";
    }
}
