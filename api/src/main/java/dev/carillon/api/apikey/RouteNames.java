package dev.carillon.api.apikey;

import io.micronaut.web.router.UriRouteInfo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The names of routes, as the tables have them. Three filters ask for that of each request, so each is put together once. */
final class RouteNames {
    private static final Map<UriRouteInfo<?, ?>, String> KNOWN = new ConcurrentHashMap<>();

    private RouteNames() {}

    /** Its method and path. */
    static String of(UriRouteInfo<?, ?> route) {
        return KNOWN.computeIfAbsent(route, RouteNames::name);
    }

    private static String name(UriRouteInfo<?, ?> route) {
        // A HEAD is answered by the GET of its path.
        var method = route.getHttpMethodName().equals("HEAD") ? "GET" : route.getHttpMethodName();
        return method + " " + route.getUriMatchTemplate().toPathString();
    }
}
