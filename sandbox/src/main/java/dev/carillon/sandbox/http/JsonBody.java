package dev.carillon.sandbox.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON object as it was sent. Every reader refuses an invalid field with status 400 and its name. */
public final class JsonBody {
    private static final ObjectMapper JSON = ObjectMapper.getDefault();
    private static final int MAX_DEPTH = 64;

    /**
     * Checks a body before the mapper sees it: the mapper ignores what follows a value, keeps the last of two equal
     * names and allows any nesting.
     */
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final JsonNode fields;

    private JsonBody(JsonNode fields) {
        this.fields = fields;
    }

    static JsonBody parse(byte[] bytes) {
        var root = read(bytes);
        if (root == null || !root.isObject()) {
            throw HttpErrorException.badRequest("invalid_json", "The body must be a JSON object.");
        }
        requireStorable("The body", root);
        return new JsonBody(root);
    }

    private static @Nullable JsonNode read(byte[] bytes) {
        try (var parser = STRICT.createParser(bytes)) {
            parser.nextToken();
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw HttpErrorException.badRequest(
                        "invalid_json", "The body must contain one JSON object and nothing else.");
            }
            return JSON.readValue(bytes, Argument.of(JsonNode.class));
        } catch (IOException e) {
            throw HttpErrorException.badRequest(
                    "invalid_json", "The body must be valid JSON with at most %d levels.".formatted(MAX_DEPTH));
        }
    }

    /** A string that must be there; it may be empty. */
    public String text(String name) {
        return optionalText(name)
                .orElseThrow(() -> HttpErrorException.badRequest("missing_field", "%s is missing.".formatted(name)));
    }

    /** A string that may be absent or null. */
    public Optional<String> optionalText(String name) {
        return find(name).map(value -> {
            if (!value.isString()) {
                throw invalid(name, "a string");
            }
            return value.getStringValue();
        });
    }

    /** An instant that may be absent or null. */
    public Optional<Instant> instant(String name) {
        return optionalText(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw invalid(name, "an instant such as 2026-12-01T09:00:00Z");
            }
        });
    }

    /** A whole number of at least {@code smallest}; absent or null means none. */
    public Optional<Integer> whole(String name, int smallest) {
        return find(name).map(value -> {
            if (!value.isNumber() || value.getDoubleValue() != value.getIntValue() || value.getIntValue() < smallest) {
                throw invalid(name, "a whole number of at least %d".formatted(smallest));
            }
            return value.getIntValue();
        });
    }

    /** A number from 0 to 1; absent or null means none. */
    public Optional<Double> share(String name) {
        return find(name).map(value -> {
            if (!value.isNumber() || value.getDoubleValue() < 0 || value.getDoubleValue() > 1) {
                throw invalid(name, "a number from 0 to 1");
            }
            return value.getDoubleValue();
        });
    }

    /** A boolean; absent or null means false. */
    public boolean flag(String name) {
        return find(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw invalid(name, "true or false");
                    }
                    return value.getBooleanValue();
                })
                .orElse(false);
    }

    /** An object; absent or null means an empty one. */
    public JsonNode object(String name) {
        return find(name)
                .map(value -> {
                    if (!value.isObject()) {
                        throw invalid(name, "an object");
                    }
                    return value;
                })
                .orElseGet(() -> JsonNode.createObjectNode(Map.of()));
    }

    private Optional<JsonNode> find(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isNull());
    }

    private static HttpErrorException invalid(String name, String expected) {
        return HttpErrorException.badRequest("invalid_field", "%s must be %s.".formatted(name, expected));
    }

    private static void requireStorable(String name, JsonNode node) {
        if (node.isString()) {
            StorableText.require(name, node.getStringValue());
        } else if (node.isNumber() && !Double.isFinite(node.getDoubleValue())) {
            throw HttpErrorException.badRequest("invalid_field", "%s contains a number out of range.".formatted(name));
        } else if (node.isObject()) {
            node.entries().forEach(entry -> {
                StorableText.require(name, entry.getKey());
                requireStorable(name, entry.getValue());
            });
        } else if (node.isArray()) {
            node.values().forEach(value -> requireStorable(name, value));
        }
    }
}
