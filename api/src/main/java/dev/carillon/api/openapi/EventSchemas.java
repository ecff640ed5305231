package dev.carillon.api.openapi;

import dev.carillon.core.event.Event;
import dev.carillon.core.event.Payload;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON schema for each event type, derived from the records that its body is rendered from. */
final class EventSchemas {
    private static final String REF = "#/components/schemas/";
    private static final String TYPE = "type";
    private static final String OBJECT = "object";
    private static final String STRING = "string";

    private final Map<String, @Nullable Object> schemas = new LinkedHashMap<>();

    private EventSchemas() {}

    /** All schemas by name; {@code union} is the name of the schema that selects one of them by type. */
    static Map<String, @Nullable Object> all(String union) {
        var all = new EventSchemas();
        var references = new ArrayList<Map<String, Object>>();
        var mapping = new LinkedHashMap<String, Object>();
        for (var type : Event.types()) {
            var name = nameOf(type);
            all.schemas.put(name, all.event(type));
            references.add(ref(name));
            mapping.put(type, REF + name);
        }
        all.schemas.put(
                union,
                Map.of(
                        "description",
                        "An immutable fact; a webhook carries the same bytes.",
                        "oneOf",
                        references,
                        "discriminator",
                        Map.of("propertyName", TYPE, "mapping", mapping)));
        return all.schemas;
    }

    /** {@code post.partially_published} is {@code PostPartiallyPublishedEvent}. */
    static String nameOf(String type) {
        var name = new StringBuilder();
        for (var word : type.split("[._]", -1)) {
            name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return name.append("Event").toString();
    }

    private Map<String, Object> event(String type) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("id", Map.of(TYPE, STRING, "pattern", "^evt_[0-9a-z]{26}$"));
        properties.put(OBJECT, one("event"));
        properties.put(TYPE, one(type));
        properties.put("api_version", Map.of(TYPE, STRING));
        properties.put("livemode", Map.of(TYPE, "boolean"));
        properties.put("created_at", time());
        properties.put("data", object(Map.of(OBJECT, reference(Event.payloadOf(type)))));
        return object(properties);
    }

    private Map<String, Object> reference(Class<?> type) {
        var name = type.getSimpleName();
        if (!schemas.containsKey(name)) {
            schemas.put(name, null); // the record may refer to itself
            schemas.put(name, ofRecord(type));
        }
        return ref(name);
    }

    private Map<String, Object> ofRecord(Class<?> type) {
        var properties = new LinkedHashMap<String, Object>();
        for (var component : type.getRecordComponents()) {
            var name = snakeCase(component.getName());
            properties.put(
                    name,
                    name.equals(OBJECT) && Payload.class.isAssignableFrom(type)
                            ? one(snakeCase(type.getSimpleName().replaceFirst("Payload$", "")))
                            : property(component));
        }
        return object(properties);
    }

    private Object property(RecordComponent component) {
        var type = component.getAnnotatedType();
        var schema = ofType(type);
        if (!type.isAnnotationPresent(Nullable.class)) {
            return schema;
        }
        return schema.get(TYPE) instanceof String name
                ? with(schema, TYPE, List.of(name, "null"))
                : Map.of("anyOf", List.of(schema, Map.of(TYPE, "null")));
    }

    private Map<String, Object> ofType(AnnotatedType annotated) {
        var raw = annotated.getType() instanceof ParameterizedType parameterized
                ? parameterized.getRawType()
                : annotated.getType();
        if (raw == String.class) {
            return Map.of(TYPE, STRING);
        }
        if (raw == Instant.class) {
            return time();
        }
        if (raw == boolean.class) {
            return Map.of(TYPE, "boolean");
        }
        if (raw == int.class || raw == long.class || raw == Integer.class) {
            return Map.of(TYPE, "integer");
        }
        if (raw == Map.class) {
            return Map.of(TYPE, OBJECT, "additionalProperties", true);
        }
        if (raw == List.class && annotated instanceof AnnotatedParameterizedType list) {
            return Map.of(TYPE, "array", "items", ofType(list.getAnnotatedActualTypeArguments()[0]));
        }
        if (raw instanceof Class<?> type && type.isRecord()) {
            return reference(type);
        }
        throw new IllegalStateException("no schema for " + raw);
    }

    private static Map<String, Object> object(Map<String, Object> properties) {
        var object = new LinkedHashMap<String, Object>();
        object.put(TYPE, OBJECT);
        object.put("required", List.copyOf(properties.keySet()));
        object.put("properties", properties);
        return object;
    }

    private static Map<String, Object> with(Map<String, Object> schema, String name, Object value) {
        var changed = new LinkedHashMap<>(schema);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, Object> one(String value) {
        return Map.of(TYPE, STRING, "enum", List.of(value));
    }

    private static Map<String, Object> time() {
        return Map.of(TYPE, STRING, "format", "date-time");
    }

    private static Map<String, Object> ref(String name) {
        return Map.of("$ref", REF + name);
    }

    private static String snakeCase(String name) {
        return String.join("_", Arrays.asList(name.split("(?<=.)(?=[A-Z])", -1)))
                .toLowerCase(Locale.ROOT);
    }
}
