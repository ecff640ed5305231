package dev.carillon.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request body that is generated from its schema.
 *
 * @param fields JSON by field name: the required fields, and the field whose alternative this body shows
 * @param optional further valid fields
 */
record SampleBody(Map<String, String> fields, Map<String, String> optional) {

    String json() {
        return json(fields);
    }

    Map<String, String> all() {
        var all = new LinkedHashMap<>(optional);
        all.putAll(fields);
        return all;
    }

    static String json(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /**
     * Generates bodies from schemas.
     *
     * @param samples JSON for fields whose schema says too little, by field name; for list entries, the name plus {@code []}, or
     *     {@code {}} for objects
     */
    record Writer(Map<?, ?> schemas, Map<String, String> samples) {

        List<SampleBody> bodies(Map<?, ?> reference) {
            var schema = resolved(reference);
            var required = new LinkedHashMap<String, String>();
            var optional = new LinkedHashMap<String, String>();
            var alternatives = new LinkedHashMap<String, List<String>>();
            properties(schema).forEach((name, property) -> {
                var values = values((String) name, (Map<?, ?>) property);
                var needed = schema.get("required") instanceof List<?> names && names.contains(name);
                (needed ? required : optional).put((String) name, values.getFirst());
                if (values.size() > 1) {
                    alternatives.put((String) name, values);
                }
            });
            var bodies = new ArrayList<SampleBody>(List.of(new SampleBody(required, optional)));
            alternatives.forEach((name, values) -> values.forEach(value -> {
                var fields = new LinkedHashMap<>(required);
                fields.put(name, value);
                bodies.add(new SampleBody(fields, optional));
            }));
            return bodies;
        }

        private Map<?, ?> resolved(Map<?, ?> schema) {
            if (schema.get("$ref") instanceof String reference) {
                var name = reference.substring(reference.lastIndexOf('/') + 1);
                return (Map<?, ?>) DescribedRoute.child(schemas, name);
            }
            return schema;
        }

        private static Map<?, ?> properties(Map<?, ?> schema) {
            return schema.get("properties") instanceof Map<?, ?> properties ? properties : Map.of();
        }

        /** A value for each alternative of the schema, or one value if there are none. */
        private List<String> values(String name, Map<?, ?> reference) {
            var schema = resolved(reference);
            if (samples.containsKey(name)) {
                return List.of(String.valueOf(samples.get(name)));
            }
            if (schema.get("enum") instanceof List<?> words) {
                return words.stream().map(word -> "\"" + word + "\"").toList();
            }
            for (var combination : List.of("oneOf", "anyOf", "allOf")) {
                if (schema.get(combination) instanceof List<?> alternatives) {
                    return alternatives.stream()
                            .map(alternative -> (Map<?, ?>) alternative)
                            .filter(alternative -> !"null".equals(alternative.get("type")))
                            .flatMap(alternative -> values(name, alternative).stream())
                            .toList();
                }
            }
            return List.of(value(name, schema));
        }

        private String value(String name, Map<?, ?> schema) {
            return switch (type(schema.get("type"))) {
                case "string" -> "date-time".equals(schema.get("format")) ? "\"2027-03-14T09:00:00Z\"" : "\"a text\"";
                case "integer" -> schema.get("minimum") instanceof Number least ? String.valueOf(least) : "1";
                case "number" -> "0.5";
                case "boolean" -> "false";
                case "array" -> "[%s]".formatted(item(name, (Map<?, ?>) DescribedRoute.child(schema, "items")));
                default -> bodies(schema).getFirst().json();
            };
        }

        private String item(String list, Map<?, ?> items) {
            var kind = properties(resolved(items)).isEmpty() ? "[]" : "{}";
            return values(list + kind, items).getFirst();
        }

        private static String type(@Nullable Object type) {
            return type instanceof List<?> types ? (String) types.getFirst() : String.valueOf(type);
        }
    }
}
