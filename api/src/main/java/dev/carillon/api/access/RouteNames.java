package dev.carillon.api.access;

import io.micronaut.web.router.UriRouteInfo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The names of routes, as the tables list them. Three filters need the name for each request, so each name is built only once. */
final class RouteNames {
    private static final Map<UriRouteInfo<?, ?>, String> KNOWN = new ConcurrentHashMap<>();

    private RouteNames() {}

    /** Its method and path. */
    static String of(UriRouteInfo<?, ?> route) {
        return KNOWN.computeIfAbsent(route, RouteNames::name);
    }

    private static String name(UriRouteInfo<?, ?> route) {
        // The GET route of a path also answers HEAD.
        var method = route.getHttpMethodName().equals("HEAD") ? "GET" : route.getHttpMethodName();
        return method + " " + route.getUriMatchTemplate().toPathString();
    }
}
