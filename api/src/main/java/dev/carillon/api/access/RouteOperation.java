package dev.carillon.api.access;

import dev.carillon.core.limit.Operation;
import java.util.Map;
import java.util.Set;

/**
 * The kind of request that a route counts as for rate limits. The table lists the routes that are neither plain reads nor plain writes;
 * every other route is classified by its method.
 */
final class RouteOperation {
    private static final Set<String> LOOKING = Set.of("GET", "HEAD");

    /** By method and path, as in {@link RouteAccess#TABLE}. */
    static final Map<String, Operation> TABLE = Map.ofEntries(
            Map.entry("POST /v1/posts", Operation.POST),
            Map.entry("POST /v1/posts/batch", Operation.BATCH),
            Map.entry("PATCH /v1/workspace", Operation.ADMIN),
            // Reads the lateness of a whole day.
            Map.entry("GET /v1/workspace/health", Operation.ADMIN),
            // Sums up the cost of a month.
            Map.entry("GET /v1/usage", Operation.ADMIN),
            // Calls a platform.
            Map.entry("POST /v1/accounts", Operation.ADMIN),
            Map.entry("DELETE /v1/accounts/{id}", Operation.ADMIN),
            Map.entry("GET /v1/api_keys", Operation.ADMIN),
            Map.entry("POST /v1/api_keys", Operation.ADMIN),
            Map.entry("GET /v1/api_keys/{id}", Operation.ADMIN),
            Map.entry("POST /v1/api_keys/{id}/rotate", Operation.ADMIN),
            Map.entry("DELETE /v1/api_keys/{id}", Operation.ADMIN),
            Map.entry("GET /v1/agents", Operation.ADMIN),
            Map.entry("POST /v1/agents", Operation.ADMIN),
            Map.entry("GET /v1/agents/{id}", Operation.ADMIN),
            Map.entry("PATCH /v1/agents/{id}", Operation.ADMIN),
            Map.entry("POST /v1/agents/{id}/disable", Operation.ADMIN),
            Map.entry("POST /v1/agents/{id}/enable", Operation.ADMIN),
            Map.entry("POST /v1/workspaces", Operation.ADMIN),
            Map.entry("PATCH /v1/workspaces/{id}", Operation.ADMIN),
            Map.entry("PATCH /v1/workspaces/{id}/members/{member}", Operation.ADMIN),
            Map.entry("DELETE /v1/workspaces/{id}/members/{member}", Operation.ADMIN),
            Map.entry("POST /v1/workspaces/{id}/invitations", Operation.ADMIN),
            Map.entry("DELETE /v1/workspaces/{id}/invitations/{invitation}", Operation.ADMIN),
            Map.entry("POST /v1/workspaces/{id}/invitations/{invitation}/resend", Operation.ADMIN),
            Map.entry("POST /v1/webhook_endpoints", Operation.ADMIN),
            Map.entry("PATCH /v1/webhook_endpoints/{id}", Operation.ADMIN),
            Map.entry("DELETE /v1/webhook_endpoints/{id}", Operation.ADMIN),
            Map.entry("POST /v1/webhook_endpoints/{id}/disable", Operation.ADMIN),
            Map.entry("POST /v1/webhook_endpoints/{id}/enable", Operation.ADMIN),
            Map.entry("POST /v1/webhook_endpoints/{id}/test", Operation.ADMIN),
            Map.entry("POST /v1/webhook_endpoints/{id}/rotate_secret", Operation.ADMIN),
            Map.entry("POST /v1/callback_secret/rotate", Operation.ADMIN),
            // Counts a part of the event log.
            Map.entry("POST /v1/webhook_endpoints/{id}/replays", Operation.ADMIN));

    private RouteOperation() {}

    /**
     * The kind of request that the route counts as.
     *
     * @param route its method and path, as in the table
     */
    static Operation of(String route) {
        var named = TABLE.get(route);
        if (named != null) {
            return named;
        }
        return LOOKING.contains(route.substring(0, route.indexOf(' '))) ? Operation.READ : Operation.WRITE;
    }
}
