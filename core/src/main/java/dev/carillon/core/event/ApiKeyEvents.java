package dev.carillon.core.event;

import dev.carillon.core.apikey.ApiKey;
import dev.carillon.core.apikey.ApiKeyFollower;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.event.Payload.ApiKeyPayload;
import dev.carillon.core.kernel.Clocks;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Objects;

/** Records events about keys that are created and revoked. */
@Singleton
class ApiKeyEvents implements ApiKeyFollower {
    private final EventRecorder events;
    private final Clocks clocks;

    ApiKeyEvents(EventRecorder events, Clocks clocks) {
        this.events = events;
        this.clocks = clocks;
    }

    @Override
    public void created(ApiKey key) {
        events.record(key.tenant(), new Event.ApiKeyCreated(payload(key)), now(key));
    }

    @Override
    public void revoked(ApiKey key) {
        events.record(key.tenant(), new Event.ApiKeyRevoked(payload(key)), now(key));
    }

    private Instant now(ApiKey key) {
        return clocks.now(key.tenant().workspace(), key.tenant().mode());
    }

    private static ApiKeyPayload payload(ApiKey key) {
        return new ApiKeyPayload(
                key.id().toString(),
                "api_key",
                key.name(),
                key.scopes().stream().map(Scope::wireName).sorted().toList(),
                Objects.toString(key.agent(), null),
                key.status().wireName(),
                key.expiresAt(),
                key.revokedAt(),
                key.tenant().mode().livemode(),
                key.createdAt());
    }
}
