package dev.carillon.sandbox;

import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;

/** The platform's answer. Values are addressed by their path in the JSON, such as {@code data.0.text}. */
record Reply(HttpResponse<String> response) {
    private static final ObjectMapper JSON = ObjectMapper.getDefault();

    int status() {
        return response.statusCode();
    }

    String body() {
        return response.body();
    }

    /** A header's value, or an empty string. */
    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    String text(String path) {
        return at(path).getStringValue();
    }

    long number(String path) {
        return at(path).getLongValue();
    }

    /** The texts of the posts on this page, in order. */
    List<String> texts() {
        return StreamSupport.stream(at("data").values().spliterator(), false)
                .map(post -> step(post, "text").getStringValue())
                .toList();
    }

    JsonNode at(String path) {
        try {
            var node = JSON.readValue(body(), Argument.of(JsonNode.class));
            for (var step : path.split("\\.", -1)) {
                node = step(node, step);
            }
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode step(JsonNode node, String step) {
        var next = node.isArray() ? node.get(Integer.parseInt(step)) : node.get(step);
        if (next == null) {
            throw new AssertionError("the reply has no %s".formatted(step));
        }
        return next;
    }
}
