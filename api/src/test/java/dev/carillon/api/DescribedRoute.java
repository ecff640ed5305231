package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A route as the OpenAPI document describes it.
 *
 * @param open whether it needs no credentials
 * @param personal whether it needs a session, because it is about a signed-in person
 * @param anyMember whether keys need a scope but members do not
 * @param scopes a key needs one of these; empty if any key is enough
 * @param also further scopes that some requests need
 * @param queryNames its query parameters
 * @param headerNames its headers
 * @param bodies valid bodies, one for each alternative of a field; empty if it takes no body
 */
record DescribedRoute(
        String method,
        String path,
        String description,
        boolean open,
        boolean personal,
        boolean anyMember,
        Set<String> scopes,
        Set<String> also,
        List<String> queryNames,
        List<String> headerNames,
        List<SampleBody> bodies) {
    private static final String JSON = "application/json";

    static List<DescribedRoute> all(ApiServer api, Map<String, String> samples) {
        var document =
                api.exchange(HttpRequest.newBuilder(api.uri("/openapi.json"))).json();
        var schemas = (Map<?, ?>) child(child(document, "components"), "schemas");
        var routes = new ArrayList<DescribedRoute>();
        ((Map<?, ?>) child(document, "paths")).forEach((path, item) -> ((Map<?, ?>) item)
                .forEach((method, operation) -> routes.add(read(
                        ((String) method).toUpperCase(Locale.ROOT),
                        (String) path,
                        (Map<?, ?>) operation,
                        new SampleBody.Writer(schemas, samples)))));
        assertThat(routes).hasSizeGreaterThan(40);
        return routes;
    }

    private static DescribedRoute read(String method, String path, Map<?, ?> operation, SampleBody.Writer writer) {
        var security = operation.get("security");
        return new DescribedRoute(
                method,
                path,
                String.valueOf(operation.get("description")),
                List.of().equals(security),
                ways(security).equals(Set.of("session")),
                ways(security).contains("bearer") && !scopes(security).equals(scopesOf(security, "session")),
                scopes(security),
                texts(operation.get("x-also-needs")),
                names(operation.get("parameters"), "query"),
                names(operation.get("parameters"), "header"),
                operation.get("requestBody") instanceof Map<?, ?> body && isJson(body)
                        ? writer.bodies(schemaOf(body))
                        : List.of());
    }

    private static Set<String> ways(@Nullable Object security) {
        var ways = new LinkedHashSet<String>();
        if (security instanceof List<?> requirements) {
            requirements.forEach(each -> ways.addAll(texts(List.copyOf(((Map<?, ?>) each).keySet()))));
        }
        return ways;
    }

    private static Set<String> scopesOf(@Nullable Object security, String way) {
        var scopes = new LinkedHashSet<String>();
        if (security instanceof List<?> requirements) {
            requirements.forEach(each -> scopes.addAll(texts(((Map<?, ?>) each).get(way))));
        }
        return scopes;
    }

    /** The scopes that the route accepts. Both ways to send a key must require the same ones. */
    private static Set<String> scopes(@Nullable Object security) {
        var bearer = scopesOf(security, "bearer");
        assertThat(scopesOf(security, "api_key")).isEqualTo(bearer);
        return bearer;
    }

    private static Set<String> texts(@Nullable Object list) {
        var texts = new LinkedHashSet<String>();
        if (list instanceof List<?> entries) {
            entries.forEach(entry -> texts.add((String) entry));
        }
        return texts;
    }

    private static List<String> names(@Nullable Object parameters, String place) {
        var names = new ArrayList<String>();
        if (parameters instanceof List<?> all) {
            for (var parameter : all) {
                if (child(parameter, "in").equals(place)) {
                    names.add((String) child(parameter, "name"));
                }
            }
        }
        return names;
    }

    /** False for the form that an identity provider's page posts. */
    private static boolean isJson(Map<?, ?> body) {
        return ((Map<?, ?>) child(body, "content")).containsKey(JSON);
    }

    private static Map<?, ?> schemaOf(Map<?, ?> body) {
        return (Map<?, ?>) child(child(child(body, "content"), JSON), "schema");
    }

    static Object child(Object parent, String name) {
        var child = ((Map<?, ?>) parent).get(name);
        if (child == null) {
            throw new AssertionError("no " + name + " in " + parent);
        }
        return child;
    }

    /** Whether the path names a workspace. */
    boolean ofPath() {
        return path.startsWith("/v1/workspaces/{id}");
    }

    boolean takesAnId() {
        return path.contains("{id}");
    }

    boolean takesABody() {
        return !bodies.isEmpty();
    }

    String with(String id) {
        return path.replaceAll("\\{[a-z]+}", id);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
