package dev.carillon.core.kernel;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * JSON that Carillon itself produces: stored columns, event bodies, sealed replies. JSON from outside is parsed where
 * it is received.
 */
@Singleton
public class Json {
    private static final Argument<Map<String, Object>> OBJECT = Argument.mapOf(String.class, Object.class);
    private static final Argument<Map<String, String>> TEXTS = Argument.mapOf(String.class, String.class);

    private final ObjectMapper mapper;

    public Json(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    public String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public <T> T read(String text, Class<T> type) {
        return read(text, Argument.of(type));
    }

    public Map<String, Object> readObject(String text) {
        return read(text, OBJECT);
    }

    public Map<String, String> readTexts(String text) {
        return read(text, TEXTS);
    }

    private <T> T read(String text, Argument<T> type) {
        try {
            return mapper.readValue(text.getBytes(StandardCharsets.UTF_8), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
