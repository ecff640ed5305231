package dev.carillon.api.access;

import dev.carillon.api.access.RouteAccess.AnyKey;
import dev.carillon.api.access.RouteAccess.OfPath;
import dev.carillon.api.access.RouteAccess.OneOf;
import dev.carillon.api.access.RouteAccess.Open;
import dev.carillon.api.access.RouteAccess.Person;
import dev.carillon.api.access.RouteAccess.PersonOrKey;
import dev.carillon.api.http.RequestContext;
import dev.carillon.api.session.SessionEntry;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Caller;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Collections;
import java.util.List;

/**
 * Refuses callers that lack the route's scope, before the body is read; if the route lists several scopes, those that lack all of them. The
 * use case decides which of several scopes a request needs.
 */
@ServerFilter("/v1/**")
@Order(ScopeFilter.AFTER_LIMITS)
final class ScopeFilter {
    static final int AFTER_LIMITS = RateLimitFilter.AFTER_AUTHENTICATION + 1;

    @RequestFilter
    void check(HttpRequest<?> request) {
        switch (RouteAccess.of(request).orElseGet(() -> new Open(false))) {
            case Open open -> {}
            case AnyKey any -> {}
            case Person person -> requireAPerson(request);
            case OneOf some -> requireOneOf(callerOf(request), some.scopes());
            case PersonOrKey(var scope) -> RequestContext.of(request).actor().ifPresent(key -> key.require(scope));
            case OfPath(var scope, boolean anyMember) -> checkOfPath(request, callerOf(request), scope, anyMember);
        }
    }

    private static void requireAPerson(HttpRequest<?> request) {
        if (RequestContext.of(request).signedIn().isEmpty()) {
            throw ErrorCode.SESSION_REQUIRED.because(
                    "This route is for a person who has signed in; an API key cannot use it.");
        }
    }

    private static void requireOneOf(Actor caller, List<Scope> scopes) {
        if (Collections.disjoint(caller.scopes(), scopes)) {
            caller.require(scopes.getFirst());
        }
    }

    /**
     * A member was already authenticated for the workspace in the path; a key has its own workspace, which must be the same.
     */
    private static void checkOfPath(HttpRequest<?> request, Actor caller, Scope scope, boolean anyMember) {
        switch (caller.caller()) {
            case Caller.ByMember member -> {
                if (!anyMember) {
                    caller.require(scope);
                }
            }
            case Caller.ByKey key -> {
                caller.require(scope);
                var named = RouteAccess.workspaceOfPath(request);
                if (!caller.workspace().toString().equals(named)) {
                    throw ErrorCode.NOT_FOUND.because(SessionEntry.unknown(named));
                }
            }
        }
    }

    private static Actor callerOf(HttpRequest<?> request) {
        return RequestContext.of(request)
                .actor()
                .orElseThrow(
                        () -> ErrorCode.AUTHENTICATION_REQUIRED.because("This route needs an API key or a session."));
    }
}
