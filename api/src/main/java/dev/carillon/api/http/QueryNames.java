package dev.carillon.api.http;

import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses query parameters that a route does not have, comes by twice, or that hold what no value may. */
@ServerFilter("/v1/**")
@Order(QueryNames.AFTER_AUTHENTICATION)
final class QueryNames {
    static final int AFTER_AUTHENTICATION = 100;

    @RequestFilter
    void check(HttpRequest<?> request) {
        var known = RouteAttributes.getRouteMatch(request).map(QueryNames::parameters);
        known.ifPresent(names -> request.getParameters().forEach((name, values) -> check(names, name, values)));
    }

    private static void check(Set<String> known, String name, List<String> values) {
        if (!known.contains(name)) {
            var hint = Echo.guess(name, known)
                    .orElseGet(() -> known.isEmpty()
                            ? "It takes none; remove it."
                            : "It takes %s.".formatted(known.stream().sorted().collect(Collectors.joining(", "))));
            throw ErrorCode.UNKNOWN_PARAMETER.at(
                    name, "This route has no query parameter %s. %s".formatted(Echo.of(name), hint));
        }
        if (values.size() != 1 || values.getFirst().chars().anyMatch(Character::isISOControl)) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    name, "%s takes one value, without control characters.".formatted(name));
        }
    }

    private static Set<String> parameters(RouteMatch<?> match) {
        return Arrays.stream(
                        match.getRouteInfo() instanceof MethodBasedRouteInfo<?, ?> route
                                ? route.getTargetMethod().getArguments()
                                : Argument.ZERO_ARGUMENTS)
                .filter(argument -> argument.isAnnotationPresent(QueryValue.class))
                .map(argument -> argument.getAnnotationMetadata()
                        .stringValue(QueryValue.class)
                        .orElse(argument.getName()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
