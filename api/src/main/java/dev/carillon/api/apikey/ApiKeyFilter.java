package dev.carillon.api.apikey;

import dev.carillon.api.apikey.RouteAccess.Open;
import dev.carillon.api.http.Callers;
import dev.carillon.core.apikey.Actor;
import dev.carillon.core.apikey.ApiKeyService;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Refusal;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.function.Supplier;

/** Lets requests in by their key. A path that no route has needs none, and is told apart before; neither do open routes. */
@ServerFilter("/v1/**")
@Order(ApiKeyFilter.EARLY)
final class ApiKeyFilter {
    static final int EARLY = 0;
    private static final String BEARER = "bearer ";
    private static final int LONGEST_KEY = 200;

    private final ApiKeyService keys;
    private final CallerAddresses addresses;
    private final AddressLimits limits;

    ApiKeyFilter(ApiKeyService keys, CallerAddresses addresses, AddressLimits limits) {
        this.keys = keys;
        this.addresses = addresses;
        this.limits = limits;
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void authenticate(HttpRequest<?> request) {
        if (RouteAccess.of(request).filter(access -> !(access instanceof Open)).isPresent()) {
            var from = addresses.of(request);
            try {
                letIn(request, from);
            } catch (Refusal refusal) {
                if (Callers.find(request).isEmpty()) {
                    limits.countFailure(request, from);
                }
                throw refusal;
            }
        }
    }

    private void letIn(HttpRequest<?> request, InetAddress from) {
        var secret = secretOf(request);
        // Whoever guesses is not even answered any more; a neighbour behind the same address, whose key is known here,
        // is.
        if (limits.hasFailedTooOften(from) && !keys.isProven(secret)) {
            limits.countFailure(request, from);
        }
        var admitted = keys.admit(secret, from);
        Callers.set(request, admitted.actor(), new KeyCheck(keys, secret, from));
        RateLimitFilter.note(request, admitted.limits());
    }

    /** Looks the key up again, for as long as a request lasts. */
    private record KeyCheck(ApiKeyService keys, String secret, InetAddress from) implements Supplier<Actor> {
        @Override
        public Actor get() {
            return keys.authenticate(secret, from);
        }

        @Override
        public String toString() {
            return "KeyCheck[from=%s]".formatted(from);
        }
    }

    private static String secretOf(HttpRequest<?> request) {
        var sent = new LinkedHashSet<String>();
        for (var value : request.getHeaders().getAll("Authorization")) {
            if (!value.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
                throw ErrorCode.AUTHENTICATION_REQUIRED.at("Authorization", "Only the scheme Bearer is understood.");
            }
            sent.add(value.substring(BEARER.length()).strip());
        }
        request.getHeaders().getAll("x-api-key").forEach(value -> sent.add(value.strip()));
        if (sent.size() > 1) {
            throw ErrorCode.CONFLICTING_CREDENTIALS.because("Two different keys came with this request.");
        }
        return sent.stream()
                .filter(secret -> !secret.isEmpty() && secret.length() <= LONGEST_KEY)
                .findFirst()
                .orElseThrow(() -> ErrorCode.AUTHENTICATION_REQUIRED.because("This route needs an API key."));
    }
}
