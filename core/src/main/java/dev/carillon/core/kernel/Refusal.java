package dev.carillon.core.kernel;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request with a code of the catalogue. The detail is written for the caller: what was wrong, what the limit is and how to
 * mend it; it never carries a secret or another tenant's id.
 */
public final class Refusal extends RuntimeException {
    private final ErrorCode code;
    private final String detail;
    private final @Nullable String param;
    private final List<Finding> findings;
    private final @Nullable Duplicate duplicateOf;
    private final @Nullable Duration retryAfter;
    private final @Nullable Current current;

    /**
     * One of several things wrong with a request.
     *
     * @param pointer a JSON pointer into the request's body
     * @param measure what was measured, where a rule with a limit was broken
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
     * How far something is from what it may be.
     *
     * @param rule its stable name
     * @param limit in {@code unit}
     * @param actual what was found, in {@code unit}
     */
    public record Measure(String rule, long limit, long actual, String unit) {}

    /**
     * What is there already, of the caller's own workspace and mode.
     *
     * @param postStatus the post's state, by its name on the wire
     * @param status the publication's
     * @param permalink where a person can look at it; null until it is published
     */
    public record Duplicate(
            PostId post,
            String postStatus,
            PublicationId publication,
            String status,
            @Nullable String permalink) {}

    /**
     * What an object is at now, where a change names an earlier state of it.
     *
     * @param etag of the object as {@code GET} shows it to the caller; null where that was not read
     * @param revision null where the object has none
     */
    public record Current(@Nullable String etag, @Nullable Integer revision) {}

    Refusal(ErrorCode code, String detail, @Nullable String param, List<Finding> findings) {
        this(code, detail, param, findings, null, null);
    }

    Refusal(
            ErrorCode code,
            String detail,
            @Nullable String param,
            List<Finding> findings,
            @Nullable Duplicate duplicateOf,
            @Nullable Duration retryAfter) {
        this(code, detail, param, findings, duplicateOf, retryAfter, null);
    }

    private Refusal(
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

    /** The same, and what the object is at now. */
    public Refusal with(Current now) {
        return new Refusal(code, detail, param, findings, duplicateOf, retryAfter, now);
    }

    /**
     * The same, about a part of the request's body.
     *
     * @param pointer a JSON pointer to that part, to which the pointers so far belong; names of headers and parameters stay
     */
    public Refusal within(String pointer) {
        return new Refusal(
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

    /** Which field it was, as a JSON pointer, or the name of a query parameter or header. */
    public @Nullable String param() {
        return param;
    }

    public List<Finding> findings() {
        return findings;
    }

    /** What was asked for a second time; null for every other reason. */
    public @Nullable Duplicate duplicateOf() {
        return duplicateOf;
    }

    /** How long to wait before the request is repeated; null where nobody can say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** What the object is at now that the change is to; null for every other reason. */
    public @Nullable Current current() {
        return current;
    }
}
