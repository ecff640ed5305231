package dev.carillon.core.apikey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.core.apikey.ApiKeyQueries.Found;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Makes keys and tells whose a key is. */
@Singleton
public class ApiKeyService {
    private final Transactions transactions;
    private final ApiKeyQueries queries;
    private final Ids ids;

    // One second at most, so that a revoked key is refused within one second by every process, without any message
    // between them.
    private final Cache<ByteBuffer, Optional<Found>> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(1))
            .build();

    public ApiKeyService(Transactions transactions, ApiKeyQueries queries, Ids ids) {
        this.transactions = transactions;
        this.queries = queries;
        this.ids = ids;
    }

    /** A new key with its secret, which is not stored and can never be shown again. */
    public record NewKey(ApiKeyId id, Mode mode, ApiKeySecret secret) {}

    public NewKey create(WorkspaceId workspace, Mode mode, String name, Set<Scope> scopes) {
        var key = new NewKey(ids.next(ApiKeyId.KIND), mode, ApiKeySecret.random(mode));
        return transactions.inWorkspace(workspace, () -> {
            queries.add(key.id(), workspace, mode, name, key.secret(), scopes);
            return key;
        });
    }

    /**
     * Whose key this is.
     *
     * @throws dev.carillon.core.kernel.Refusal {@code api_key_invalid}, {@code api_key_revoked} or {@code api_key_expired}
     */
    public Actor authenticate(String secretText) {
        var secret = new ApiKeySecret(secretText);
        var found = known.get(ByteBuffer.wrap(secret.sha256()), hash -> look(secret))
                .orElseThrow(() -> ErrorCode.API_KEY_INVALID.because("No key has this secret."));
        if (found.revoked()) {
            throw ErrorCode.API_KEY_REVOKED.because("This key was revoked.");
        }
        if (found.expired()) {
            throw ErrorCode.API_KEY_EXPIRED.because("This key has expired.");
        }
        return found.actor();
    }

    private Optional<Found> look(ApiKeySecret secret) {
        var found = transactions.withoutWorkspace(() -> queries.findBySecret(secret));
        found.filter(key -> !key.revoked() && !key.expired())
                .ifPresent(key -> transactions.inWorkspace(key.actor().workspace(), () -> {
                    queries.touch(key.actor().key());
                    return key;
                }));
        return found;
    }
}
