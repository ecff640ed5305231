package dev.carillon.connectors.http;

import dev.carillon.core.net.Bytes;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundHttp;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundRequest;
import dev.carillon.core.net.Purpose;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** JSON over the guarded client. Every type that is read or written here has a serde generated at compile time. */
@Singleton
public final class JsonHttp {
    private static final String JSON = "application/json";

    private final OutboundHttp http;
    private final ObjectMapper mapper;

    public JsonHttp(OutboundHttp http, ObjectMapper mapper) {
        this.http = http;
        this.mapper = mapper;
    }

    public OutboundRequest post(Purpose purpose, String url, Object body, Deadline deadline) {
        return OutboundRequest.post(purpose, url, JSON, Bytes.of(bytes(body)), deadline);
    }

    public OutboundReply send(OutboundRequest request) {
        return http.send(request.withHeader("Accept", JSON));
    }

    /** The parsed answer; empty if it was cut at the size limit or does not match {@code type}. */
    public <T> Optional<T> read(Answered answer, Class<T> type) {
        if (answer.truncated()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(mapper.readValue(answer.body().toArray(), type));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** Reads what {@link #write} wrote. */
    public <T> T parse(String json, Class<T> type) {
        try {
            var value = mapper.readValue(json, type);
            if (value == null) {
                throw new IllegalArgumentException("null instead of " + type.getSimpleName());
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] bytes(Object body) {
        try {
            return mapper.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
