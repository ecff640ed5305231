package dev.carillon.api.apikey;

import dev.carillon.api.apikey.RouteAccess.Open;
import dev.carillon.api.http.Callers;
import dev.carillon.core.apikey.ApiKeyService;
import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.LinkedHashSet;
import java.util.Locale;

/** Lets requests in by their key. A path that no route has needs none, and is told apart before; neither do open routes. */
@ServerFilter("/v1/**")
@Order(ApiKeyFilter.EARLY)
final class ApiKeyFilter {
    static final int EARLY = 0;
    private static final String BEARER = "bearer ";
    private static final int LONGEST_KEY = 200;

    private final ApiKeyService keys;
    private final CallerAddresses addresses;

    ApiKeyFilter(ApiKeyService keys, CallerAddresses addresses) {
        this.keys = keys;
        this.addresses = addresses;
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void authenticate(HttpRequest<?> request) {
        if (RouteAccess.of(request).filter(access -> !(access instanceof Open)).isPresent()) {
            Callers.set(request, keys.authenticate(secretOf(request), addresses.of(request)));
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
