package dev.carillon.api.problem;

import dev.carillon.api.http.RequestTrace;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.Wire;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused (RFC 9457, with additional fields).
 *
 * @param type the code as a URI
 * @param title what the code means, the same for every request
 * @param status the HTTP status
 * @param detail what was wrong with this request, which limit applies and how to fix it
 * @param instance the path of the request
 * @param code the stable name to branch on
 * @param message the same as {@code detail}
 * @param param the field at fault: a JSON pointer into the body, or the name of a query parameter or header
 * @param suggestedAction what to do next
 * @param autoFixable whether a program can fix the request from this reply alone
 * @param traceId the trace id of your {@code traceparent}, or a new one
 * @param requestId the id to quote when you contact support
 * @param errors each finding, if there are several
 * @param duplicateOf with {@code duplicate_content}, the post that exists already; otherwise null
 * @param current with {@code precondition_failed} and {@code revision_conflict}, the present state of the object; otherwise null
 */
@Wire
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String message,
        @Nullable String param,
        String suggestedAction,
        boolean autoFixable,
        String traceId,
        String requestId,
        List<Finding> errors,
        @Nullable Duplicate duplicateOf,
        @Nullable Current current) {

    /**
     * One of several findings about a request.
     *
     * @param code what is wrong
     * @param param a JSON pointer into the body
     * @param message what was found, which limit applies and how to fix it
     * @param rule the platform rule that is violated, for example {@code x.text.weighted_characters}; null if it is no platform rule
     * @param limit the rule's limit, in {@code unit}; null without a rule
     * @param actual the value found, in {@code unit}; null without a rule
     * @param unit the unit that is counted; null without a rule
     */
    @Wire
    public record Finding(
            String code,
            String param,
            String message,
            @Nullable String rule,
            @Nullable Long limit,
            @Nullable Long actual,
            @Nullable String unit) {
        static Finding of(ApiException.Finding found) {
            var code = found.code().wireName();
            var measure = found.measure();
            return measure == null
                    ? new Finding(code, found.pointer(), found.message(), null, null, null, null)
                    : new Finding(
                            code,
                            found.pointer(),
                            found.message(),
                            measure.rule(),
                            measure.limit(),
                            measure.actual(),
                            measure.unit());
        }
    }

    /**
     * The content that exists already.
     *
     * @param postId the other post
     * @param status its status: scheduled, in_progress, published, partially_published, failed or pending_approval
     * @param publicationId its publication on the same account
     * @param publicationStatus the status of that publication
     * @param permalink where a person can see it; null until it is published
     */
    @Wire
    public record Duplicate(
            String postId,
            String status,
            String publicationId,
            String publicationStatus,
            @Nullable String permalink) {}

    /**
     * The present state of the object. Read the object again before you name this state in {@code If-Match}.
     *
     * @param etag the ETag of the object as GET shows it; null if it was not read
     * @param revision null if the object has no revisions
     */
    @Wire
    public record Current(@Nullable String etag, @Nullable Integer revision) {}

    static Problem of(ApiException exception, String instance, RequestTrace trace) {
        var code = exception.code();
        return new Problem(
                "https://carillon.dev/errors/" + code.wireName(),
                code.title(),
                code.status(),
                exception.detail(),
                instance,
                code.wireName(),
                exception.detail(),
                exception.param(),
                code.suggestedAction(),
                code.autoFixable(),
                trace.traceId(),
                trace.id().toString(),
                exception.findings().stream().map(Finding::of).toList(),
                duplicate(exception.duplicateOf()),
                current(exception.current()));
    }

    private static @Nullable Current current(ApiException.@Nullable Current now) {
        return now == null ? null : new Current(now.etag(), now.revision());
    }

    private static @Nullable Duplicate duplicate(ApiException.@Nullable Duplicate other) {
        return other == null
                ? null
                : new Duplicate(
                        other.post().toString(),
                        other.postStatus(),
                        other.publication().toString(),
                        other.status(),
                        other.permalink());
    }
}
