package dev.carillon.api.access;

import dev.carillon.api.access.RouteAccess.AnyKey;
import dev.carillon.api.access.RouteAccess.OfPath;
import dev.carillon.api.access.RouteAccess.OneOf;
import dev.carillon.api.access.RouteAccess.Open;
import dev.carillon.api.access.RouteAccess.Person;
import dev.carillon.api.access.RouteAccess.PersonOrKey;
import dev.carillon.api.http.RequestContext;
import dev.carillon.api.session.SessionCookies;
import dev.carillon.api.session.SessionEntry;
import dev.carillon.api.session.SessionEntry.Shown;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.session.SignedIn;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Authenticates requests by API key or by a person's session. A path without a route needs neither, which is decided before; neither do
 * open routes.
 */
@ServerFilter("/v1/**")
@Order(ApiKeyFilter.EARLY)
final class ApiKeyFilter {
    static final int EARLY = 0;
    private static final String BEARER = "bearer ";
    private static final int LONGEST_KEY = 200;

    private final ApiKeyAuthenticator keys;
    private final SessionEntry sessions;
    private final CallerAddresses addresses;
    private final AddressLimits limits;

    ApiKeyFilter(ApiKeyAuthenticator keys, SessionEntry sessions, CallerAddresses addresses, AddressLimits limits) {
        this.keys = keys;
        this.sessions = sessions;
        this.addresses = addresses;
        this.limits = limits;
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void authenticate(HttpRequest<?> request) {
        var access = RouteAccess.of(request).orElseGet(() -> new Open(false));
        if (access instanceof Open) {
            return;
        }
        var from = addresses.of(request);
        try {
            letIn(request, access, from);
        } catch (ApiException exception) {
            if (RequestContext.of(request).actor().isEmpty()) {
                limits.countFailure(request, from);
            }
            throw exception;
        }
        try {
            RequestContext.of(request).signedIn().ifPresent(signedIn -> enterWorkspace(request, access, signedIn));
        } catch (ApiException exception) {
            // Probing for workspaces counts against the limit for requests without a workspace.
            limits.countNobody(request);
            throw exception;
        }
    }

    private void letIn(HttpRequest<?> request, RouteAccess access, InetAddress from) {
        var key = keyOf(request);
        var cookie = SessionCookies.tokenOf(request);
        if (key.isPresent() && cookie.isPresent()) {
            throw ErrorCode.CONFLICTING_CREDENTIALS.because(
                    "The request has both an API key and a session cookie; send only one.");
        }
        if (cookie.isPresent()) {
            bySession(request, access, cookie.get(), from);
        } else {
            byKey(request, key.orElseThrow(ApiKeyFilter::nothingCame), from);
        }
    }

    private void bySession(HttpRequest<?> request, RouteAccess access, String cookie, InetAddress from) {
        requireFewFailures(request, from, () -> sessions.isProven(cookie));
        var shown = access instanceof Person(boolean byForm) && byForm ? Shown.BY_OUR_OWN_PAGE : Shown.BY_TOKEN;
        sessions.enter(request, cookie, addresses.originOf(request), shown);
    }

    private void byKey(HttpRequest<?> request, String key, InetAddress from) {
        requireFewFailures(request, from, () -> keys.isProven(key));
        var admitted = keys.admit(key, from);
        var context = RequestContext.of(request);
        context.authenticated(admitted.actor(), new KeyCheck(keys, key, from));
        context.limits(admitted.limits());
    }

    /** Blocks key guessing per address; recently verified keys and sessions behind the same address are exempt. */
    private void requireFewFailures(HttpRequest<?> request, InetAddress from, BooleanSupplier isProven) {
        if (limits.hasFailedTooOften(from) && !isProven.getAsBoolean()) {
            limits.countFailure(request, from);
        }
    }

    /** Verifies the key again, while a long request is open. */
    private record KeyCheck(ApiKeyAuthenticator keys, String secret, InetAddress from) implements Supplier<Actor> {
        @Override
        public Actor get() {
            return keys.authenticate(secret, from);
        }

        @Override
        public String toString() {
            return "KeyCheck[from=%s]".formatted(from);
        }
    }

    /** Enters the workspace that the request is about, if any, with the person's role there. */
    private void enterWorkspace(HttpRequest<?> request, RouteAccess access, SignedIn signedIn) {
        switch (access) {
            case Open open -> {} // not reached
            case Person person -> {} // being signed in is enough
            case PersonOrKey either -> {}
            case AnyKey any -> enter(request, signedIn, sessions.inNamedWorkspace(request, signedIn));
            case OneOf some -> enter(request, signedIn, sessions.inNamedWorkspace(request, signedIn));
            case OfPath path ->
                enter(
                        request,
                        signedIn,
                        sessions.inWorkspaceOfPath(request, signedIn, RouteAccess.workspaceOfPath(request)));
        }
    }

    private void enter(HttpRequest<?> request, SignedIn signedIn, Actor actor) {
        RequestContext.of(request).authenticated(actor, sessions.again(signedIn, actor));
    }

    private static Optional<String> keyOf(HttpRequest<?> request) {
        var sent = new LinkedHashSet<String>();
        for (var value : request.getHeaders().getAll("Authorization")) {
            if (!value.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
                throw ErrorCode.AUTHENTICATION_REQUIRED.at(
                        "Authorization", "Authorization must use the scheme Bearer: 'Authorization: Bearer crl_...'.");
            }
            sent.add(value.substring(BEARER.length()).strip());
        }
        request.getHeaders().getAll("x-api-key").forEach(value -> sent.add(value.strip()));
        if (sent.size() > 1) {
            throw ErrorCode.CONFLICTING_CREDENTIALS.because("The request has two different API keys; send only one.");
        }
        return sent.stream()
                .filter(secret -> !secret.isEmpty() && secret.length() <= LONGEST_KEY)
                .findFirst();
    }

    private static RuntimeException nothingCame() {
        return ErrorCode.AUTHENTICATION_REQUIRED.because(
                "This route needs an API key or a session; send 'Authorization: Bearer crl_...'.");
    }
}
