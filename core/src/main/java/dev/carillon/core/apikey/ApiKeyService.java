package dev.carillon.core.apikey;

import static dev.carillon.core.kernel.ErrorCode.AGENT_DISABLED;
import static dev.carillon.core.kernel.ErrorCode.API_KEY_EXPIRED;
import static dev.carillon.core.kernel.ErrorCode.API_KEY_INVALID;
import static dev.carillon.core.kernel.ErrorCode.API_KEY_REVOKED;
import static dev.carillon.core.kernel.ErrorCode.API_KEY_ROTATED;
import static dev.carillon.core.kernel.ErrorCode.CALLER_ADDRESS_NOT_ALLOWED;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.core.apikey.ApiKeyQueries.Found;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.net.AddressBlocks;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells whose a key is, and makes the keys that the operator asks for; what workspaces do with theirs is {@link ApiKeys}. */
@Singleton
public class ApiKeyService {
    private final Transactions transactions;
    private final ApiKeyQueries queries;
    private final Ids ids;

    // Below a second with the look-up itself, so that a revoked key is refused within one second by every process,
    // without any message between them; a signal makes it sooner.
    private final Cache<ByteBuffer, Optional<Found>> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMillis(800))
            .build();

    public ApiKeyService(Transactions transactions, ApiKeyQueries queries, Ids ids, Signals signals) {
        this.transactions = transactions;
        this.queries = queries;
        this.ids = ids;
        signals.subscribe(Signal.API_KEYS_CHANGED, known::invalidateAll);
    }

    /** A new key with its secret, which is not stored and can never be shown again. */
    public record NewKey(ApiKeyId id, Mode mode, ApiKeySecret secret) {}

    /** Makes a key in the operator's name. */
    public NewKey create(WorkspaceId workspace, Mode mode, String name, Set<Scope> scopes) {
        var key = new NewKey(ids.next(ApiKeyId.KIND), mode, ApiKeySecret.random(mode));
        var wanted = new NewApiKey(name, scopes, null, AddressBlocks.NONE, null, Map.of());
        return transactions.inWorkspace(workspace, () -> {
            queries.add(key.id(), new Tenant(workspace, mode), wanted, key.secret(), null);
            return key;
        });
    }

    /**
     * Whose key this is.
     *
     * @param from where the request comes from
     * @throws dev.carillon.core.kernel.Refusal {@code api_key_invalid}, {@code api_key_revoked}, {@code api_key_expired},
     *     {@code api_key_rotated}, {@code agent_disabled} or {@code caller_address_not_allowed}
     */
    public Actor authenticate(String secretText, InetAddress from) {
        var secret = new ApiKeySecret(secretText);
        var found = known.get(ByteBuffer.wrap(secret.sha256()), hash -> look(secret))
                .orElseThrow(() -> API_KEY_INVALID.because("No key has this secret."));
        if (found.revoked()) {
            throw API_KEY_REVOKED.because("This key was revoked.");
        }
        if (found.rotated()) {
            throw API_KEY_ROTATED.because("This key was rotated, and the time that both secrets counted is over.");
        }
        if (found.expired()) {
            throw API_KEY_EXPIRED.because("This key has expired.");
        }
        if (found.agentDisabled()) {
            throw AGENT_DISABLED.because("Agent %s is disabled, and so are its keys."
                    .formatted(found.actor().agent()));
        }
        if (!found.allowedAddresses().isEmpty() && !found.allowedAddresses().contains(from)) {
            throw CALLER_ADDRESS_NOT_ALLOWED.because(
                    "This key may not be used from %s.".formatted(from.getHostAddress()));
        }
        return found.actor();
    }

    private Optional<Found> look(ApiKeySecret secret) {
        var found = transactions.withoutWorkspace(() -> queries.findBySecret(secret));
        found.filter(Found::letsIn)
                .ifPresent(key -> transactions.inWorkspace(key.actor().workspace(), () -> {
                    queries.touch(key.id());
                    return key;
                }));
        return found;
    }
}
