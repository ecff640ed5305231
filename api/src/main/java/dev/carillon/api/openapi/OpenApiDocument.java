package dev.carillon.api.openapi;

import dev.carillon.core.kernel.Json;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The API's description. The build makes it from the controllers; what the generator gets wrong about OpenAPI 3.1 is put right here:
 * what may be null, and the errors that every route has.
 */
@Singleton
final class OpenApiDocument {
    private static final String RESOURCE = "/META-INF/swagger/openapi.json";
    private static final String NULL = "null";
    private static final String OBJECT = "object";
    private static final String TYPE = "type";

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Map<String, Object> ANY_ERROR = Map.of(
            "description",
            "Refused. Branch on `code`; `param` names the field.",
            "content",
            Map.of("application/problem+json", Map.of("schema", Map.of("$ref", "#/components/schemas/Problem"))));

    private final String text;

    OpenApiDocument(Json json) {
        text = json.write(Objects.requireNonNull(mended(json.readObject(generated()))));
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
        map.forEach((key, value) -> {
            var name = (String) key;
            if (METHODS.contains(name) && value instanceof Map<?, ?> operation && operation.containsKey("responses")) {
                mended.put(name, withErrors(mendedObject(operation)));
            } else {
                mended.put(name, mended(value));
            }
        });
        return mendType(mended);
    }

    private static Map<String, @Nullable Object> withErrors(Map<String, @Nullable Object> operation) {
        if (operation.get("responses") instanceof Map<?, ?> responses) {
            var all = new LinkedHashMap<String, @Nullable Object>();
            responses.forEach((status, response) -> all.put((String) status, response));
            all.put("default", ANY_ERROR);
            operation.put("responses", all);
        }
        return operation;
    }

    /** The generator says {@code [string, null, object]} for a text that may be null, and {@code null} alone for an object. */
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
