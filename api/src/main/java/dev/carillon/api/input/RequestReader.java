package dev.carillon.api.input;

import dev.carillon.core.kernel.ApiException;
import io.micronaut.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body as a record. The components of the record are the fields of the body: a component that is {@code @Nullable} may be
 * absent or null, and {@link Limits}, {@link ReadAs}, {@link Example} and {@link NotYet} say what the types do not. Whatever is wrong with a
 * body is listed in one refusal, with pointers.
 */
public final class RequestReader {
    private RequestReader() {}

    /**
     * A change, in which null differs from absent.
     *
     * @param sent the names of the fields that the body has, if only as null
     */
    public record Change<T>(T request, Set<String> sent) {}

    /**
     * A request and the entries of one of its lists.
     *
     * @param request its list is empty
     * @param entries each is read only when it is needed, and then refused by itself; pointers start at the entry
     */
    public record Separated<T, E>(T request, List<Supplier<E>> entries) {}

    /**
     * The request in the body.
     *
     * @param type a record that is {@code @Wire}
     * @throws ApiException {@code body_not_json}, {@code unknown_parameter} or {@code invalid_parameter}
     */
    public static <T> T read(HttpRequest<byte[]> request, Class<T> type) {
        return bind(JsonBody.read(request), type);
    }

    /** As {@link #read}, but no body means an empty object. */
    public static <T> T readOptional(HttpRequest<byte[]> request, Class<T> type) {
        return bind(JsonBody.readOptional(request), type);
    }

    /** As {@link #read}, for changes in which null removes something. */
    public static <T> Change<T> readChange(HttpRequest<byte[]> request, Class<T> type) {
        var body = JsonBody.read(request);
        return new Change<>(bind(body, type), Set.copyOf(body.keySet()));
    }

    /** As {@link #read}, but reads the entries of the list of these requests separately. */
    public static <T, E> Separated<T, E> readSeparately(
            HttpRequest<byte[]> request, Class<T> type, Class<E> entryType) {
        return separate(JsonBody.read(request), type, entryType);
    }

    static <T> T bind(Map<String, @Nullable Object> body, Class<T> type) {
        var findings = new Findings();
        return findings.check(Shape.of(type).bind(Place.BODY, body, findings));
    }

    static <T, E> Separated<T, E> separate(Map<String, @Nullable Object> body, Class<T> type, Class<E> entryType) {
        var findings = new Findings();
        var shape = Shape.of(type);
        var field = shape.listOf(entryType);
        var request = shape.bind(Place.BODY, body, findings, Set.of(field.name()));
        var sent = Objects.requireNonNullElse(body.get(field.name()), List.of());
        var entries = new ArrayList<Supplier<E>>();
        for (Map<String, @Nullable Object> entry :
                field.list().objects(Place.BODY.field(field.name()), sent, findings)) {
            entries.add(() -> bind(entry, entryType));
        }
        return new Separated<>(findings.check(request), entries);
    }
}
