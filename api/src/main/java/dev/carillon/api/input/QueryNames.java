package dev.carillon.api.input;

import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import io.micronaut.web.router.RouteMatch;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Refuses query parameters that the route does not have, that are repeated too often, or that contain what no value may
 * contain.
 */
@ServerFilter("/v1/**")
@Order(QueryNames.AFTER_AUTHENTICATION)
final class QueryNames {
    static final int AFTER_AUTHENTICATION = 100;

    private static final int MOST_VALUES = 20;

    private final Map<RouteInfo<?>, Map<String, Integer>> known = new ConcurrentHashMap<>();

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (request.getParameters().isEmpty()) {
            return;
        }
        RouteAttributes.getRouteMatch(request).map(RouteMatch::getRouteInfo).ifPresent(route -> {
            var names = known.computeIfAbsent(route, QueryNames::parameters);
            boolean othersPass = route.getAnnotationMetadata().hasAnnotation(AnyQuery.class);
            request.getParameters().forEach((name, values) -> {
                if (!othersPass || names.containsKey(name)) {
                    check(names, name, values);
                }
            });
        });
    }

    private static void check(Map<String, Integer> known, String name, List<String> values) {
        if (!known.containsKey(name)) {
            throw ErrorCode.UNKNOWN_PARAMETER.at(
                    name,
                    "This route has no query parameter %s. %s"
                            .formatted(SafeQuote.of(name), hint(name, known.keySet())));
        }
        int most = known.get(name);
        if (values.isEmpty()
                || values.size() > most
                || values.stream().anyMatch(value -> value.chars().anyMatch(Character::isISOControl))) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    name,
                    "%s accepts %s, without control characters."
                            .formatted(name, most == 1 ? "one value" : "up to %d values".formatted(most)));
        }
    }

    private static String hint(String name, Set<String> known) {
        return SafeQuote.guess(name, known)
                .orElseGet(() -> known.isEmpty()
                        ? "It takes none; remove it."
                        : "It takes %s.".formatted(known.stream().sorted().collect(Collectors.joining(", "))));
    }

    /** How many values each parameter of a route takes. */
    private static Map<String, Integer> parameters(RouteInfo<?> info) {
        return Arrays.stream(
                        info instanceof MethodBasedRouteInfo<?, ?> route
                                ? route.getTargetMethod().getArguments()
                                : Argument.ZERO_ARGUMENTS)
                .filter(argument -> argument.isAnnotationPresent(QueryValue.class))
                .collect(Collectors.toUnmodifiableMap(
                        argument -> argument.getAnnotationMetadata()
                                .stringValue(QueryValue.class)
                                .orElse(argument.getName()),
                        argument -> Collection.class.isAssignableFrom(argument.getType()) ? MOST_VALUES : 1));
    }
}
