package dev.carillon.sandbox.http;

import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes each call to its endpoint, and returns every error to the caller as JSON. */
public final class Router implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    private final BearerToken token;
    private final List<Route> routes = new ArrayList<>();

    /** Guarded routes accept only this secret. */
    public Router(String secret) {
        this.token = new BearerToken(secret);
    }

    /** Adds a route without authentication; the template names variables in braces, as in <code>/p/{token}</code>. */
    public Router open(String method, String template, Endpoint endpoint) {
        return add(method, template, Route.Access.OPEN, endpoint);
    }

    /** Adds a route that requires the bearer token. */
    public Router guarded(String method, String template, Endpoint endpoint) {
        return add(method, template, Route.Access.BEARER, endpoint);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange).writeTo(exchange);
        } catch (UncheckedIOException e) {
            throw new IOException("the caller went away", e);
        }
    }

    private Router add(String method, String template, Route.Access access, Endpoint endpoint) {
        routes.add(new Route(method, List.of(template.split("/", -1)), access, endpoint));
        return this;
    }

    private Response answer(HttpExchange exchange) {
        try {
            return dispatch(exchange);
        } catch (HttpErrorException error) {
            return error.toResponse();
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("method", exchange.getRequestMethod())
                    .log("sandbox call failed");
            return Response.error(500, "internal_error", "The sandbox could not answer. Its log says why.");
        }
    }

    private Response dispatch(HttpExchange exchange) {
        var path = Request.segments(exchange);
        var method = exchange.getRequestMethod();
        var here =
                routes.stream().filter(route -> route.match(path).isPresent()).toList();
        if (here.isEmpty()) {
            throw HttpErrorException.notFound("route_not_found", "There is nothing at this address.");
        }
        var route = here.stream()
                .filter(candidate -> candidate.method().equals(method))
                .findFirst()
                .orElseThrow(() -> HttpErrorException.methodNotAllowed(
                        here.stream().map(Route::method).collect(joining(", "))));
        if (route.access() == Route.Access.BEARER
                && !token.opens(exchange.getRequestHeaders().getFirst("Authorization"))) {
            throw HttpErrorException.unauthorized();
        }
        return route.endpoint().answer(new Request(exchange, route.match(path).orElseThrow()));
    }
}
