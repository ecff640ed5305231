package dev.carillon.api.openapi;

import dev.carillon.api.access.RouteAccess;
import dev.carillon.api.protocol.TakesIfMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Documents ETags in the OpenAPI document: which replies have one, where {@code If-None-Match} saves sending a body, and where {@code
 * If-Match} is honoured.
 */
final class Validators {
    private static final String OK = "200";
    private static final String RESPONSES = "responses";
    private static final String PARAMETERS = "parameters";
    private static final String HEADERS = "headers";
    private static final String DESCRIPTION = "description";
    private static final String NAME = "name";
    private static final Map<String, Object> TEXT = Map.of("schema", Map.of("type", "string"));
    private static final Map<String, Object> TAG = described("A hash of the reply's object in this state.", TEXT);
    private static final Map<String, Object> IF_NONE_MATCH = described(
            "ETags of replies that you already have. If one of them still matches, the reply is 304 without a body.",
            Map.of(NAME, "If-None-Match", "in", "header", "schema", Map.of("type", "string")));
    private static final Map<String, Object> NOT_MODIFIED = described(
            "Not modified: an ETag in If-None-Match still matches. The reply has no body.",
            Map.of(HEADERS, Map.of("ETag", TAG)));

    private Validators() {}

    /**
     * Adds this to an operation.
     *
     * @param method in lower case
     * @param refused the description of a reply that refuses
     */
    static void describe(
            String method, RouteAccess access, Map<String, @Nullable Object> operation, Map<String, Object> refused) {
        if (!(operation.get(RESPONSES) instanceof Map<?, ?> generated)) {
            return;
        }
        var responses = copy(generated);
        boolean reads = method.equals("get");
        if ((reads || method.equals("patch"))
                && RouteAccess.isForAnyOrigin(access)
                && responses.get(OK) instanceof Map<?, ?> ok
                && !String.valueOf(ok).contains("text/event-stream")) {
            responses.put(OK, withTag(ok));
            if (reads) {
                responses.put("304", NOT_MODIFIED);
                operation.put(PARAMETERS, with(operation.get(PARAMETERS), IF_NONE_MATCH));
            }
        }
        if (isConditional(operation.get(PARAMETERS))) {
            responses.put(
                    "412",
                    described(
                            "If-Match does not match the object: `precondition_failed`. Nothing was changed; `current` has its present ETag.",
                            refused));
        }
        operation.put(RESPONSES, responses);
    }

    private static Map<String, @Nullable Object> withTag(Map<?, ?> response) {
        var described = copy(response);
        var headers = described.get(HEADERS) instanceof Map<?, ?> present
                ? copy(present)
                : new LinkedHashMap<String, @Nullable Object>();
        headers.put("ETag", TAG);
        described.put(HEADERS, headers);
        return described;
    }

    private static List<Object> with(@Nullable Object parameters, Object another) {
        var all = new ArrayList<Object>();
        if (parameters instanceof List<?> present) {
            present.forEach(each -> all.add((Object) each));
        }
        all.add(another);
        return all;
    }

    private static boolean isConditional(@Nullable Object parameters) {
        return parameters instanceof List<?> all
                && all.stream()
                        .anyMatch(each ->
                                each instanceof Map<?, ?> parameter && TakesIfMatch.HEADER.equals(parameter.get(NAME)));
    }

    private static Map<String, Object> described(String description, Map<String, Object> rest) {
        var described = new LinkedHashMap<String, Object>(rest);
        described.put(DESCRIPTION, description);
        return described;
    }

    private static Map<String, @Nullable Object> copy(Map<?, ?> map) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> copy.put((String) key, value));
        return copy;
    }
}
