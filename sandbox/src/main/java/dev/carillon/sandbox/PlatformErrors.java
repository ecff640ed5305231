package dev.carillon.sandbox;

import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The error responses of the simulated platforms, as far as they document them: the status, where known, and the body.
 * {@code {seconds}} is replaced by the duration of the fault.
 */
final class PlatformErrors {
    private static final String RESOURCE = "platform-errors.json";
    private static final String SECONDS = "{seconds}";

    private static final Map<String, Map<FaultKind, JsonNode>> ERRORS = load();

    private PlatformErrors() {}

    /** The response that the platform would have sent, as {@code status} and {@code body}. */
    static Optional<JsonNode> of(String platform, Trouble trouble) {
        return Optional.ofNullable(ERRORS.get(platform))
                .flatMap(errors -> Optional.ofNullable(errors.get(trouble.kind())))
                .map(error -> lasting(error, trouble.seconds()));
    }

    private static JsonNode lasting(JsonNode node, int seconds) {
        if (node.isObject()) {
            var fields = new LinkedHashMap<String, JsonNode>();
            node.entries().forEach(field -> fields.put(field.getKey(), lasting(field.getValue(), seconds)));
            return JsonNode.createObjectNode(fields);
        }
        if (node.isArray()) {
            var values = new ArrayList<JsonNode>();
            node.values().forEach(value -> values.add(lasting(value, seconds)));
            return JsonNode.createArrayNode(values);
        }
        if (!node.isString()) {
            return node;
        }
        var text = node.getStringValue();
        return text.equals(SECONDS)
                ? JsonNode.createNumberNode(seconds)
                : JsonNode.createStringNode(text.replace(SECONDS, String.valueOf(seconds)));
    }

    private static Map<String, Map<FaultKind, JsonNode>> load() {
        try (var resource = Objects.requireNonNull(PlatformErrors.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            var table = Objects.requireNonNull(
                    ObjectMapper.getDefault().readValue(resource.readAllBytes(), Argument.of(JsonNode.class)));
            var errors = new HashMap<String, Map<FaultKind, JsonNode>>();
            for (var row : table.values()) {
                for (var platform : part(row, "platforms").values()) {
                    errors.put(platform.getStringValue(), byKind(part(row, "errors")));
                }
            }
            return errors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<FaultKind, JsonNode> byKind(JsonNode errors) {
        var byKind = new EnumMap<FaultKind, JsonNode>(FaultKind.class);
        errors.entries()
                .forEach(error -> byKind.put(FaultKind.named(error.getKey()).orElseThrow(), error.getValue()));
        return byKind;
    }

    private static JsonNode part(JsonNode row, String name) {
        return Objects.requireNonNull(row.get(name), name);
    }
}
