package dev.carillon.api.protocol;

import dev.carillon.api.access.RouteAccess;
import dev.carillon.api.http.Methods;
import io.micronaut.http.HttpRequest;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import io.micronaut.web.router.UriRouteMatch;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;

/** The routes that match a request's path. */
@Singleton
final class PathRoutes {
    private final Router router;

    PathRoutes(Router router) {
        this.router = router;
    }

    /** The route of a request; empty if none matches its path or its method. */
    static Optional<UriRouteInfo<?, ?>> of(HttpRequest<?> request) {
        return RouteAttributes.getRouteMatch(request)
                .map(RouteMatch::getRouteInfo)
                .map(info -> info instanceof UriRouteInfo<?, ?> route ? route : null);
    }

    /** The routes of the path, whatever the request's method. */
    List<UriRouteInfo<?, ?>> ofPath(HttpRequest<?> request) {
        return router.findAny(request).stream()
                .<UriRouteInfo<?, ?>>map(UriRouteMatch::getRouteInfo)
                .toList();
    }

    /** The methods of those routes whose access passes. */
    static SortedSet<String> methods(List<UriRouteInfo<?, ?>> routes, Predicate<RouteAccess> passes) {
        return Methods.all(routes.stream()
                .filter(route -> passes.test(RouteAccess.of(route)))
                .map(UriRouteInfo::getHttpMethodName)
                .toList());
    }
}
