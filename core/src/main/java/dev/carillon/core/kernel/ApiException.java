package dev.carillon.core.kernel;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request with a code of the catalogue. The detail is written for the caller: what is wrong, what the limit is
 * and how to correct it. It never contains a secret or another tenant's id.
 */
public final class ApiException extends RuntimeException {
    private final ErrorCode code;
    private final String detail;
    private final @Nullable String param;
    private final List<Finding> findings;
    private final @Nullable Duplicate duplicateOf;
    private final @Nullable Duration retryAfter;
    private final @Nullable Current current;

    /**
     * One of several problems with a request.
     *
     * @param pointer a JSON pointer into the request's body
     * @param measure the measurement, if a rule with a limit was broken
     */
    public record Finding(
            ErrorCode code,
            String pointer,
            String message,
            @Nullable Measure measure) {
        public Finding(ErrorCode code, String pointer, String message) {
            this(code, pointer, message, null);
        }
    }

    /**
     * A measured value and its limit.
     *
     * @param rule its stable name
     * @param limit in {@code unit}
     * @param actual the measured value, in {@code unit}
     */
    public record Measure(String rule, long limit, long actual, String unit) {}

    /**
     * The existing duplicate, from the caller's own workspace and mode.
     *
     * @param postStatus the post's state, by its name on the wire
     * @param status the publication's state
     * @param permalink where a person can look at it; null until it is published
     */
    public record Duplicate(
            PostId post,
            String postStatus,
            PublicationId publication,
            String status,
            @Nullable String permalink) {}

    /**
     * The present state of an object, if a change names an earlier one.
     *
     * @param etag of the object as {@code GET} returns it to the caller; null if it was not read
     * @param revision null if the object has none
     */
    public record Current(@Nullable String etag, @Nullable Integer revision) {}

    ApiException(ErrorCode code, String detail, @Nullable String param, List<Finding> findings) {
        this(code, detail, param, findings, null, null);
    }

    ApiException(
            ErrorCode code,
            String detail,
            @Nullable String param,
            List<Finding> findings,
            @Nullable Duplicate duplicateOf,
            @Nullable Duration retryAfter) {
        this(code, detail, param, findings, duplicateOf, retryAfter, null);
    }

    private ApiException(
            ErrorCode code,
            String detail,
            @Nullable String param,
            List<Finding> findings,
            @Nullable Duplicate duplicateOf,
            @Nullable Duration retryAfter,
            @Nullable Current current) {
        super(code.wireName() + ": " + detail);
        this.code = code;
        this.detail = detail;
        this.param = param;
        this.findings = List.copyOf(findings);
        this.duplicateOf = duplicateOf;
        this.retryAfter = retryAfter;
        this.current = current;
    }

    /** The same refusal with the object's present state. */
    public ApiException with(Current now) {
        return new ApiException(code, detail, param, findings, duplicateOf, retryAfter, now);
    }

    /**
     * The same refusal for a part of the request's body.
     *
     * @param pointer a JSON pointer to that part, which prefixes the existing pointers; names of headers and parameters
     *     stay unchanged
     */
    public ApiException within(String pointer) {
        return new ApiException(
                code,
                detail,
                param == null ? pointer : moved(pointer, param),
                findings.stream()
                        .map(found -> new Finding(
                                found.code(), moved(pointer, found.pointer()), found.message(), found.measure()))
                        .toList(),
                duplicateOf,
                retryAfter,
                current);
    }

    private static String moved(String pointer, String place) {
        return place.startsWith("/") && !place.startsWith(pointer + "/") ? pointer + place : place;
    }

    public ErrorCode code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    /** The field, as a JSON pointer, or the name of a query parameter or header. */
    public @Nullable String param() {
        return param;
    }

    public List<Finding> findings() {
        return findings;
    }

    /** The existing duplicate; null for every other reason. */
    public @Nullable Duplicate duplicateOf() {
        return duplicateOf;
    }

    /** How long to wait before repeating the request; null if unknown. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** The present state of the object to be changed; null for every other reason. */
    public @Nullable Current current() {
        return current;
    }
}
