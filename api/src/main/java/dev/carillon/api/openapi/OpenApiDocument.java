package dev.carillon.api.openapi;

import dev.carillon.api.access.RouteAccess;
import dev.carillon.api.access.RouteAccess.AnyKey;
import dev.carillon.api.access.RouteAccess.OfPath;
import dev.carillon.api.access.RouteAccess.OneOf;
import dev.carillon.api.access.RouteAccess.Open;
import dev.carillon.api.access.RouteAccess.Person;
import dev.carillon.api.access.RouteAccess.PersonOrKey;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.Json;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document. The build generates it from the controllers. This class corrects what the generator gets wrong about OpenAPI 3.1
 * and adds the rest: nullable fields, the errors that every route has, and what each route requires of a key.
 */
@Singleton
final class OpenApiDocument {
    private static final String RESOURCE = "/META-INF/swagger/openapi.json";
    private static final String NULL = "null";
    private static final String OBJECT = "object";
    private static final String TYPE = "type";
    private static final String SECURITY = "security";
    private static final List<String> SCHEMES = List.of(CarillonApi.BEARER, CarillonApi.API_KEY, CarillonApi.SESSION);

    /** Scopes that some requests need in addition; OpenAPI has no field for them. */
    private static final String ALSO = "x-also-needs";

    private static final Map<String, List<String>> ANY_SESSION = Map.of(CarillonApi.SESSION, List.of());
    private static final String PATHS = "paths";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String PROBLEM = "application/problem+json";
    private static final String PAGE = "text/html";
    private static final Map<String, Object> PROBLEM_BODY =
            Map.of("schema", Map.of("$ref", "#/components/schemas/Problem"));
    private static final Map<String, Object> ANY_ERROR = Map.of(
            "description",
            "The request was refused. Branch on `code`; `param` names the field.",
            "content",
            Map.of(PROBLEM, PROBLEM_BODY));
    private static final Map<String, Object> ANY_ERROR_OR_PAGE = Map.of(
            "description",
            "The request was refused. Browsers that ask for a page get one. Branch on `code`.",
            "content",
            Map.of(PROBLEM, PROBLEM_BODY, PAGE, Map.of("schema", Map.of(TYPE, "string"))));
    private static final String LIMITED = "/v1/";
    private static final String HEADERS = "headers";
    private static final Map<String, Object> LIMITS = Map.of(
            "RateLimit-Policy",
            header("The limits that the request counts against: q requests in w seconds."),
            "RateLimit",
            header("What is left of these limits: r requests now, and more in t seconds."));
    private static final Map<String, Object> TOO_MANY = tooMany();

    /** Tags of the routes that people's browsers open directly. */
    private static final Set<String> BROWSED = Set.of("sign_in", "invitations");

    private final String text;

    OpenApiDocument(Json json) {
        var document = mendedObject(json.readObject(generated()));
        if (document.get(PATHS) instanceof Map<?, ?> paths) {
            document.put(PATHS, described(paths));
        }
        if (document.get("components") instanceof Map<?, ?> components) {
            document.put("components", withEvents(components));
        }
        text = json.write(document);
    }

    String text() {
        return text;
    }

    private static String generated() {
        try (var stream = OpenApiDocument.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("built without " + RESOURCE);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, @Nullable Object> withEvents(Map<?, ?> components) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        components.forEach((key, value) -> all.put((String) key, value));
        if (all.get("schemas") instanceof Map<?, ?> generated) {
            var schemas = new LinkedHashMap<String, @Nullable Object>();
            generated.forEach((key, value) -> schemas.put((String) key, value));
            schemas.putAll(EventSchemas.all("EventResponse"));
            all.put("schemas", schemas);
        }
        return all;
    }

    private static @Nullable Object mended(@Nullable Object node) {
        return switch (node) {
            case Map<?, ?> map -> mendedObject(map);
            case List<?> list -> mendedList(list);
            case null, default -> node;
        };
    }

    private static List<@Nullable Object> mendedList(List<?> list) {
        var mended = new ArrayList<@Nullable Object>();
        for (var entry : list) {
            mended.add(mended(entry));
        }
        return mended;
    }

    private static Map<String, @Nullable Object> mendedObject(Map<?, ?> map) {
        var mended = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> mended.put((String) key, mended(value)));
        return mendType(mended);
    }

    private static Map<String, Object> described(Map<?, ?> paths) {
        var described = new LinkedHashMap<String, Object>();
        paths.forEach((path, item) -> described.put((String) path, described((String) path, (Map<?, ?>) item)));
        return described;
    }

    private static Map<String, @Nullable Object> described(String path, Map<?, ?> item) {
        var described = new LinkedHashMap<String, @Nullable Object>();
        item.forEach((key, value) -> {
            var method = (String) key;
            if (METHODS.contains(method) && value instanceof Map<?, ?> generated) {
                var access = RouteAccess.of(method.toUpperCase(Locale.ROOT), path);
                var operation = described(access, path.startsWith(LIMITED), generated);
                Validators.describe(method, access, operation, ANY_ERROR);
                described.put(method, operation);
            } else {
                described.put(method, value);
            }
        });
        return described;
    }

    private static Map<String, @Nullable Object> described(RouteAccess access, boolean limited, Map<?, ?> generated) {
        var operation = new LinkedHashMap<String, @Nullable Object>();
        generated.forEach((key, value) -> operation.put((String) key, value));
        separateSummary(operation);
        if (operation.get("responses") instanceof Map<?, ?> responses) {
            var all = new LinkedHashMap<String, @Nullable Object>();
            responses.forEach(
                    (status, response) -> all.put((String) status, limited ? withLimits(response) : response));
            if (limited) {
                all.put("429", TOO_MANY);
            }
            all.put(
                    "default",
                    isBrowsed(generated) || String.valueOf(responses).contains(PAGE) ? ANY_ERROR_OR_PAGE : ANY_ERROR);
            operation.put("responses", all);
        }
        switch (access) {
            case Open open -> operation.put(SECURITY, List.of());
            case AnyKey() -> {} // as the document states for the whole API
            case Person person -> operation.put(SECURITY, List.of(ANY_SESSION));
            case PersonOrKey(var scope) -> operation.put(SECURITY, withAnySession(scope));
            case OfPath(var scope, boolean anyMember) ->
                operation.put(SECURITY, anyMember ? withAnySession(scope) : requirements(List.of(scope)));
            case OneOf(var scopes, var also) -> {
                operation.put(SECURITY, requirements(scopes));
                if (!also.isEmpty()) {
                    operation.put(ALSO, also.stream().map(Scope::wireName).toList());
                }
            }
        }
        return operation;
    }

    /** The generator repeats the summary, with its full stop, as the first sentence of the description. */
    private static void separateSummary(Map<String, @Nullable Object> operation) {
        if (operation.get("summary") instanceof String summary
                && operation.get("description") instanceof String description
                && summary.endsWith(".")
                && description.startsWith(summary)) {
            operation.put("summary", summary.substring(0, summary.length() - 1));
            operation.put("description", description.substring(summary.length()).strip());
        }
    }

    private static @Nullable Object withLimits(@Nullable Object response) {
        if (!(response instanceof Map<?, ?> generated)) {
            return response;
        }
        var described = new LinkedHashMap<String, @Nullable Object>();
        generated.forEach((key, value) -> described.put((String) key, value));
        described.putIfAbsent(HEADERS, LIMITS);
        return described;
    }

    private static Map<String, Object> tooMany() {
        var headers = new LinkedHashMap<String, Object>(LIMITS);
        headers.put("Retry-After", header("The number of seconds to wait."));
        var response = new LinkedHashMap<String, Object>(ANY_ERROR);
        response.put("description", "Too many requests: `rate_limited`. Nothing was done; repeat the request later.");
        response.put(HEADERS, headers);
        return response;
    }

    private static Map<String, Object> header(String description) {
        return Map.of("description", description, "schema", Map.of(TYPE, "string"));
    }

    private static boolean isBrowsed(Map<?, ?> operation) {
        return operation.get("tags") instanceof List<?> tags && tags.stream().anyMatch(BROWSED::contains);
    }

    private static List<Map<String, List<String>>> withAnySession(Scope scope) {
        var keys = requirements(List.of(scope)).stream().filter(each -> !each.containsKey(CarillonApi.SESSION));
        return Stream.concat(keys, Stream.of(ANY_SESSION)).toList();
    }

    /** Each scope is a role (OpenAPI 3.1), required with either scheme; one of the alternatives is enough. */
    private static List<Map<String, List<String>>> requirements(List<Scope> scopes) {
        return scopes.stream()
                .map(scope -> List.of(scope.wireName()))
                .flatMap(role -> SCHEMES.stream().map(scheme -> Map.of(scheme, role)))
                .toList();
    }

    /** The generator emits {@code [string, null, object]} for a nullable string, and only {@code null} for a nullable object. */
    private static Map<String, @Nullable Object> mendType(Map<String, @Nullable Object> schema) {
        var type = schema.get(TYPE);
        if (type instanceof List<?> types && types.contains(NULL) && types.size() > 2) {
            schema.put(TYPE, types.stream().filter(each -> !OBJECT.equals(each)).toList());
        }
        if (NULL.equals(type)) {
            mendNullable(schema);
        }
        return schema;
    }

    private static void mendNullable(Map<String, @Nullable Object> schema) {
        for (var combination : List.of("oneOf", "allOf")) {
            if (schema.get(combination) instanceof List<?> alternatives) {
                schema.remove(TYPE);
                schema.remove(combination);
                var all = new ArrayList<@Nullable Object>(alternatives);
                all.add(Map.of(TYPE, NULL));
                schema.put("anyOf", all);
                return;
            }
        }
        schema.put(TYPE, List.of(OBJECT, NULL));
    }
}
