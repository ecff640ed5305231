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
import dev.carillon.core.auth.AccountBounds;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.limit.CallerLimits;
import dev.carillon.core.net.address.AddressBlocks;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Authenticates keys, and creates the keys that the operator asks for. Workspaces manage their own keys with
 * {@link WorkspaceApiKeys}.
 */
@Singleton
public class ApiKeyAuthenticator {
    private final Transactions transactions;
    private final ApiKeyQueries queries;
    private final Ids ids;

    // Together with the look-up this stays below one second, so that every process refuses a revoked key within a
    // second without any message; a signal makes it sooner.
    private final Cache<ByteBuffer, Optional<Known>> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMillis(800))
            .build();

    /** Secrets that were accepted recently; see {@code isProven}. */
    private final Cache<ByteBuffer, Boolean> proven = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    public ApiKeyAuthenticator(Transactions transactions, ApiKeyQueries queries, Ids ids, Signals signals) {
        this.transactions = transactions;
        this.queries = queries;
        this.ids = ids;
        signals.subscribe(Signal.API_KEYS_CHANGED, known::invalidateAll);
    }

    private record Known(Found found, CallerLimits limits) {}

    /** A new key with its secret, which is not stored and can never be shown again. */
    public record NewKey(ApiKeyId id, Mode mode, ApiKeySecret secret) {}

    /** Creates a key for the operator. */
    public NewKey create(WorkspaceId workspace, Mode mode, String name, Set<Scope> scopes) {
        var key = new NewKey(ids.next(ApiKeyId.KIND), mode, ApiKeySecret.random(mode));
        var wanted =
                new NewApiKey(name, scopes, null, AddressBlocks.NONE, AccountBounds.unbound(), null, null, Map.of());
        return transactions.inWorkspace(workspace, () -> {
            queries.add(key.id(), new Tenant(workspace, mode), wanted, key.secret(), null);
            return key;
        });
    }

    /**
     * Authenticates a key.
     *
     * @param from the address from which the request comes
     * @throws dev.carillon.core.kernel.ApiException {@code api_key_invalid}, {@code api_key_revoked},
     *     {@code api_key_expired}, {@code api_key_rotated}, {@code agent_disabled} or
     *     {@code caller_address_not_allowed}
     */
    public Actor authenticate(String secretText, InetAddress from) {
        return admit(secretText, from).actor();
    }

    /** Like {@code authenticate}, and also returns the key's rate limits. */
    public Admitted admit(String secretText, InetAddress from) {
        var secret = new ApiKeySecret(secretText);
        var hash = ByteBuffer.wrap(secret.sha256());
        var key = known.get(hash, unknown -> look(secret, hash))
                .orElseThrow(() ->
                        API_KEY_INVALID.because("No API key has this secret. Check that you sent the whole key."));
        var found = key.found();
        if (found.revoked()) {
            throw API_KEY_REVOKED.because("This key was revoked.");
        }
        if (found.rotated()) {
            throw API_KEY_ROTATED.because(
                    "This key was rotated, and this secret is no longer valid. Use the new secret.");
        }
        if (found.expired()) {
            throw API_KEY_EXPIRED.because("This key has expired.");
        }
        if (found.agentDisabled()) {
            throw AGENT_DISABLED.because("Agent %s is disabled, so its keys are refused."
                    .formatted(found.actor().agent()));
        }
        if (!found.allowedAddresses().isEmpty() && !found.allowedAddresses().contains(from)) {
            throw CALLER_ADDRESS_NOT_ALLOWED.because(
                    "This key does not allow requests from %s.".formatted(from.getHostAddress()));
        }
        return new Admitted(found.actor(), key.limits());
    }

    /** Whether this process has accepted this secret within the last minutes. Makes no query. */
    public boolean isProven(String secretText) {
        return proven.getIfPresent(ByteBuffer.wrap(new ApiKeySecret(secretText).sha256())) != null;
    }

    private Optional<Known> look(ApiKeySecret secret, ByteBuffer hash) {
        var found = transactions.withoutWorkspace(() -> queries.findBySecret(secret));
        return found.map(key -> {
            if (!key.letsIn()) {
                return new Known(key, CallerLimits.NONE);
            }
            proven.put(hash, true);
            return new Known(key, use(key));
        });
    }

    private CallerLimits use(Found key) {
        return transactions.inWorkspace(key.actor().workspace(), () -> {
            queries.touch(key.id());
            return queries.limits(key.id());
        });
    }
}
