package dev.carillon.api.access;

import static dev.carillon.core.auth.Scope.ACCOUNTS_READ;
import static dev.carillon.core.auth.Scope.ACCOUNTS_WRITE;
import static dev.carillon.core.auth.Scope.AGENTS_WRITE;
import static dev.carillon.core.auth.Scope.API_KEYS_WRITE;
import static dev.carillon.core.auth.Scope.EVENTS_READ;
import static dev.carillon.core.auth.Scope.LOGS_READ;
import static dev.carillon.core.auth.Scope.POSTS_DRAFT;
import static dev.carillon.core.auth.Scope.POSTS_PUBLISH;
import static dev.carillon.core.auth.Scope.POSTS_READ;
import static dev.carillon.core.auth.Scope.POSTS_SCHEDULE;
import static dev.carillon.core.auth.Scope.SANDBOX_WRITE;
import static dev.carillon.core.auth.Scope.USAGE_READ;
import static dev.carillon.core.auth.Scope.WEBHOOKS_READ;
import static dev.carillon.core.auth.Scope.WEBHOOKS_WRITE;
import static dev.carillon.core.auth.Scope.WORKSPACE_ADMIN;

import dev.carillon.core.auth.Scope;
import io.micronaut.http.HttpRequest;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.UriRouteInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a route requires of its callers. This table lists all routes; the filters enforce it, and the OpenAPI document states it. */
public sealed interface RouteAccess {

    /**
     * Open to everyone, without a key.
     *
     * @param browsed whether a person's browser opens it to sign in or to accept an invitation
     */
    record Open(boolean browsed) implements RouteAccess {}

    /** Any valid key, or any member of the workspace that the request names. */
    record AnyKey() implements RouteAccess {}

    /**
     * A signed-in person, outside any workspace; a key is not accepted.
     *
     * @param byForm whether one of our pages sends it as a form, which cannot carry the session's token
     */
    record Person(boolean byForm) implements RouteAccess {}

    /** A signed-in person, outside any workspace, or a key with the scope. */
    record PersonOrKey(Scope scope) implements RouteAccess {}

    /**
     * The workspace in the path: a key of it, or a member, with the scope.
     *
     * @param anyMember whether members need no scope
     */
    record OfPath(Scope scope, boolean anyMember) implements RouteAccess {}

    /**
     * A key, or a member of the workspace that the request names, with one of these scopes. If there are several, the request determines
     * which one it needs, and the use case checks it.
     *
     * @param also scopes that some requests need in addition, which the use case checks as well
     */
    record OneOf(List<Scope> scopes, List<Scope> also) implements RouteAccess {
        public OneOf {
            scopes = List.copyOf(scopes);
            also = List.copyOf(also);
        }
    }

    /** By method and path. */
    Map<String, RouteAccess> TABLE = Map.ofEntries(
            open("GET /"),
            open("GET /favicon.ico"),
            open("GET /openapi.json"),
            open("GET /healthz"),
            open("GET /readyz"),
            open("GET /v1/errors"),
            open("GET /v1/errors/{code}"),
            browsed("POST /v1/sign_in/email"),
            browsed("GET /v1/sign_in/email/{token}"),
            browsed("POST /v1/sign_in/email/{token}"),
            browsed("GET /v1/invitations/{token}"),
            Map.entry("POST /v1/invitations/{token}", new Person(true)),
            person("GET /v1/session"),
            person("DELETE /v1/session"),
            person("GET /v1/sessions"),
            person("DELETE /v1/sessions/{id}"),
            person("POST /v1/sessions/end_others"),
            Map.entry("GET /v1/workspaces", new PersonOrKey(WORKSPACE_ADMIN)),
            person("POST /v1/workspaces"),
            ofPath("GET /v1/workspaces/{id}", true),
            ofPath("PATCH /v1/workspaces/{id}", false),
            ofPath("GET /v1/workspaces/{id}/members", true),
            ofPath("GET /v1/workspaces/{id}/members/{member}", true),
            ofPath("PATCH /v1/workspaces/{id}/members/{member}", false),
            ofPath("DELETE /v1/workspaces/{id}/members/{member}", false),
            ofPath("GET /v1/workspaces/{id}/invitations", false),
            ofPath("POST /v1/workspaces/{id}/invitations", false),
            ofPath("GET /v1/workspaces/{id}/invitations/{invitation}", false),
            ofPath("DELETE /v1/workspaces/{id}/invitations/{invitation}", false),
            ofPath("POST /v1/workspaces/{id}/invitations/{invitation}/resend", false),
            browsed("GET /v1/sign_in/providers"),
            browsed("GET /v1/sign_in/oidc/{provider}/start"),
            browsed("GET /v1/sign_in/oidc/{provider}/callback"),
            browsed("POST /v1/sign_in/oidc/{provider}/callback"),
            Map.entry("GET /v1/me", new AnyKey()),
            Map.entry("GET /v1/workspace", new AnyKey()),
            oneOf("PATCH /v1/workspace", WORKSPACE_ADMIN),
            oneOf("GET /v1/workspace/health", POSTS_READ),
            oneOf("GET /v1/accounts", ACCOUNTS_READ),
            oneOf("POST /v1/accounts", ACCOUNTS_WRITE),
            oneOf("GET /v1/api_keys", API_KEYS_WRITE),
            oneOf("POST /v1/api_keys", API_KEYS_WRITE),
            oneOf("GET /v1/api_keys/{id}", API_KEYS_WRITE),
            oneOf("POST /v1/api_keys/{id}/rotate", API_KEYS_WRITE),
            oneOf("DELETE /v1/api_keys/{id}", API_KEYS_WRITE),
            oneOf("GET /v1/agents", AGENTS_WRITE),
            oneOf("POST /v1/agents", AGENTS_WRITE),
            oneOf("GET /v1/agents/{id}", AGENTS_WRITE),
            oneOf("PATCH /v1/agents/{id}", AGENTS_WRITE),
            oneOf("POST /v1/agents/{id}/disable", AGENTS_WRITE),
            oneOf("POST /v1/agents/{id}/enable", AGENTS_WRITE),
            oneOf("GET /v1/account_groups", ACCOUNTS_READ),
            oneOf("POST /v1/account_groups", ACCOUNTS_WRITE),
            oneOf("GET /v1/account_groups/{id}", ACCOUNTS_READ),
            oneOf("PATCH /v1/account_groups/{id}", ACCOUNTS_WRITE),
            oneOf("DELETE /v1/account_groups/{id}", ACCOUNTS_WRITE),
            oneOf("GET /v1/accounts/{id}", ACCOUNTS_READ),
            oneOf("PATCH /v1/accounts/{id}", ACCOUNTS_WRITE),
            oneOf("DELETE /v1/accounts/{id}", ACCOUNTS_WRITE),
            and(oneOf("GET /v1/posts", POSTS_READ), ACCOUNTS_READ),
            oneOf("POST /v1/posts", POSTS_DRAFT, POSTS_SCHEDULE, POSTS_PUBLISH),
            oneOf("POST /v1/posts/batch", POSTS_DRAFT, POSTS_SCHEDULE, POSTS_PUBLISH),
            and(oneOf("GET /v1/posts/{id}", POSTS_READ), ACCOUNTS_READ),
            oneOf("PATCH /v1/posts/{id}", POSTS_DRAFT, POSTS_SCHEDULE, POSTS_PUBLISH),
            oneOf("GET /v1/posts/{id}/timeline", POSTS_READ),
            oneOf("POST /v1/posts/{id}/cancel", POSTS_SCHEDULE),
            oneOf("POST /v1/posts/{id}/reschedule", POSTS_SCHEDULE, POSTS_PUBLISH),
            oneOf("POST /v1/posts/{id}/retry", POSTS_PUBLISH),
            and(oneOf("GET /v1/publications/{id}", POSTS_READ), ACCOUNTS_READ),
            oneOf("GET /v1/publications/{id}/attempts", POSTS_READ),
            oneOf("POST /v1/publications/{id}/cancel", POSTS_SCHEDULE),
            oneOf("POST /v1/publications/{id}/reconcile", POSTS_SCHEDULE),
            oneOf("POST /v1/publications/{id}/resolve", POSTS_PUBLISH),
            oneOf("POST /v1/publications/{id}/delete", POSTS_PUBLISH),
            oneOf("GET /v1/jobs", LOGS_READ),
            oneOf("GET /v1/events", EVENTS_READ),
            oneOf("GET /v1/events/{id}", EVENTS_READ),
            oneOf("GET /v1/events/stream", EVENTS_READ),
            oneOf("GET /v1/posts/{id}/events/stream", EVENTS_READ),
            oneOf("GET /v1/usage", USAGE_READ),
            oneOf("GET /v1/webhook_endpoints", WEBHOOKS_READ),
            oneOf("POST /v1/webhook_endpoints", WEBHOOKS_WRITE),
            oneOf("GET /v1/webhook_endpoints/{id}", WEBHOOKS_READ),
            oneOf("PATCH /v1/webhook_endpoints/{id}", WEBHOOKS_WRITE),
            oneOf("DELETE /v1/webhook_endpoints/{id}", WEBHOOKS_WRITE),
            oneOf("POST /v1/webhook_endpoints/{id}/disable", WEBHOOKS_WRITE),
            oneOf("POST /v1/webhook_endpoints/{id}/enable", WEBHOOKS_WRITE),
            oneOf("POST /v1/webhook_endpoints/{id}/test", WEBHOOKS_WRITE),
            oneOf("POST /v1/webhook_endpoints/{id}/rotate_secret", WEBHOOKS_WRITE),
            oneOf("GET /v1/callback_secret", WEBHOOKS_READ),
            oneOf("POST /v1/callback_secret/rotate", WEBHOOKS_WRITE),
            oneOf("GET /v1/webhook_endpoints/{id}/deliveries", WEBHOOKS_READ),
            oneOf("GET /v1/webhook_deliveries", WEBHOOKS_READ),
            oneOf("GET /v1/webhook_deliveries/{id}", WEBHOOKS_READ),
            oneOf("POST /v1/webhook_deliveries/{id}/replay", WEBHOOKS_WRITE),
            oneOf("GET /v1/webhook_endpoints/{id}/replays", WEBHOOKS_READ),
            oneOf("POST /v1/webhook_endpoints/{id}/replays", WEBHOOKS_WRITE),
            oneOf("GET /v1/webhook_replays/{id}", WEBHOOKS_READ),
            oneOf("POST /v1/webhook_replays/{id}/cancel", WEBHOOKS_WRITE),
            and(oneOf("GET /v1/sandbox/posts", POSTS_READ), ACCOUNTS_READ),
            oneOf("GET /v1/sandbox/faults", POSTS_READ),
            and(oneOf("POST /v1/sandbox/faults", SANDBOX_WRITE), ACCOUNTS_READ),
            oneOf("GET /v1/sandbox/faults/{id}", POSTS_READ),
            oneOf("DELETE /v1/sandbox/faults/{id}", SANDBOX_WRITE),
            oneOf("GET /v1/test_clocks", POSTS_READ),
            oneOf("POST /v1/test_clocks", SANDBOX_WRITE),
            oneOf("GET /v1/test_clocks/{id}", POSTS_READ),
            oneOf("DELETE /v1/test_clocks/{id}", SANDBOX_WRITE),
            oneOf("POST /v1/test_clocks/{id}/attach", SANDBOX_WRITE),
            oneOf("POST /v1/test_clocks/{id}/advance", SANDBOX_WRITE));

    /**
     * What the route requires.
     *
     * @param path with names in braces
     * @throws IllegalStateException if the table does not list it: a route that was forgotten stays closed
     */
    static RouteAccess of(String method, String path) {
        return of(method + " " + path);
    }

    /**
     * What a route requires.
     *
     * @param route its method and path
     * @throws IllegalStateException for a route that the table does not list
     */
    static RouteAccess of(String route) {
        return Optional.ofNullable(TABLE.get(route))
                .orElseThrow(() -> new IllegalStateException("RouteAccess.TABLE has no entry for the route " + route));
    }

    /** What the route of a request requires; empty if there is no such route. */
    static Optional<RouteAccess> of(HttpRequest<?> request) {
        return routeOf(request).map(RouteAccess::of);
    }

    /** The method and path of a request's route, as in the table; empty if there is no such route. */
    static Optional<String> routeOf(HttpRequest<?> request) {
        return RouteAttributes.getRouteMatch(request)
                .map(match -> match.getRouteInfo() instanceof UriRouteInfo<?, ?> route ? route : null)
                .map(RouteNames::of);
    }

    /** What this route requires. */
    static RouteAccess of(UriRouteInfo<?, ?> route) {
        return of(RouteNames.of(route));
    }

    /**
     * Whether pages of other origins may call the route and read its replies. They may if the route is authenticated by a key, which no
     * browser sends by itself, or is open. They may not where people sign in, or where only a cookie identifies the caller.
     */
    static boolean isForAnyOrigin(RouteAccess access) {
        return switch (access) {
            case Open(boolean browsed) -> !browsed;
            case Person person -> false;
            case AnyKey any -> true;
            case PersonOrKey either -> true;
            case OfPath path -> true;
            case OneOf some -> true;
        };
    }

    private static Map.Entry<String, RouteAccess> open(String route) {
        return Map.entry(route, new Open(false));
    }

    private static Map.Entry<String, RouteAccess> browsed(String route) {
        return Map.entry(route, new Open(true));
    }

    private static Map.Entry<String, RouteAccess> person(String route) {
        return Map.entry(route, new Person(false));
    }

    private static Map.Entry<String, RouteAccess> ofPath(String route, boolean anyMember) {
        return Map.entry(route, new OfPath(WORKSPACE_ADMIN, anyMember));
    }

    private static Map.Entry<String, RouteAccess> oneOf(String route, Scope... scopes) {
        return Map.entry(route, new OneOf(List.of(scopes), List.of()));
    }

    private static Map.Entry<String, RouteAccess> and(Map.Entry<String, RouteAccess> entry, Scope also) {
        return entry.getValue() instanceof OneOf(var scopes, var none)
                ? Map.entry(entry.getKey(), new OneOf(scopes, List.of(also)))
                : entry;
    }

    /** The workspace as the path names it. */
    static String workspaceOfPath(HttpRequest<?> request) {
        return RouteAttributes.getRouteMatch(request)
                .map(match -> String.valueOf(match.getVariableValues().get("id")))
                .orElse("");
    }
}
