package dev.carillon.api.apikey;

import dev.carillon.api.http.Sorted;
import dev.carillon.core.apikey.ApiKey;
import dev.carillon.core.apikey.ApiKeySecret;
import dev.carillon.core.apikey.ApiKeys.Issued;
import dev.carillon.core.apikey.ApiKeys.Rotated;
import dev.carillon.core.apikey.Scope;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key of the workspace. All times are real ones.
 *
 * @param object always {@code api_key}
 * @param mode live or test
 * @param agentId whose it is; null where it is no agent's
 * @param allowedAddresses blocks of addresses that it may be used from; empty for all
 * @param accountIds accounts that it is bound to, with whatever is in the account groups; it is bound to none where both lists are empty
 * @param accountGroupIds groups of accounts that it is bound to
 * @param rateLimit how much it may send at most, over all that it does; null where only the limits of the plan bind it
 * @param lastFour the last characters of its secret
 * @param status active, disabled with its agent, expired or revoked
 * @param secret what callers send; only in the replies that make and rotate it
 * @param expiresAt null for never
 * @param expiresPreviousAt until when the secret before counts as well; only in the reply that rotates
 * @param lastUsedAt to about half a minute
 * @param createdBy the key or the member that made it; null where the operator did
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

    /** The secret is nobody's business in a log. */
    @Override
    public String toString() {
        return "ApiKeyResponse[" + id + "]";
    }
}
