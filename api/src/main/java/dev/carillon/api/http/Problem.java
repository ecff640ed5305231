package dev.carillon.api.http;

import dev.carillon.core.kernel.Refusal;
import dev.carillon.core.kernel.Wire;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused (RFC 9457, with fields of our own).
 *
 * @param type names the code as a URI
 * @param title what the code means, the same for every request
 * @param status the HTTP status
 * @param detail what was wrong with this request, what the limit is and how to mend it
 * @param instance the path that was called
 * @param code the stable name to branch on
 * @param message the same as {@code detail}
 * @param param which field it was: a JSON pointer into the body, or the name of a query parameter or header
 * @param suggestedAction what to do next
 * @param autoFixable whether a program can mend the request from this reply alone
 * @param traceId of the caller's {@code traceparent}, or a new one
 * @param requestId to quote when asking us
 * @param errors every single finding, where there are several
 * @param duplicateOf with {@code duplicate_content}, what is there already; null otherwise
 * @param current with {@code precondition_failed} and {@code revision_conflict}, what the object is at now; null otherwise
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
     * One of several things wrong with a request.
     *
     * @param code what is wrong
     * @param param a JSON pointer into the body
     * @param message what was found, what the limit is and how to mend it
     * @param rule which rule of a platform is broken, for example {@code x.text.weighted_characters}; null where it is none
     * @param limit of that rule, in {@code unit}; null without a rule
     * @param actual what was found, in {@code unit}; null without a rule
     * @param unit what is counted; null without a rule
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
        static Finding of(Refusal.Finding found) {
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
     * What is there already.
     *
     * @param postId the other post
     * @param status its state: scheduled, in_progress, published, partially_published, failed or pending_approval
     * @param publicationId the one on the same account
     * @param publicationStatus its state
     * @param permalink where a person can look at it; null until it is published
     */
    @Wire
    public record Duplicate(
            String postId,
            String status,
            String publicationId,
            String publicationStatus,
            @Nullable String permalink) {}

    /**
     * What the object is at now, to be named in {@code If-Match} once it has been read again.
     *
     * @param etag of the object as GET shows it; null where it was not read
     * @param revision null where the object has none
     */
    @Wire
    public record Current(@Nullable String etag, @Nullable Integer revision) {}

    static Problem of(Refusal refusal, String instance, RequestTrace trace) {
        var code = refusal.code();
        return new Problem(
                "https://carillon.dev/errors/" + code.wireName(),
                code.title(),
                code.status(),
                refusal.detail(),
                instance,
                code.wireName(),
                refusal.detail(),
                refusal.param(),
                code.suggestedAction(),
                code.autoFixable(),
                trace.traceId(),
                trace.id().toString(),
                refusal.findings().stream().map(Finding::of).toList(),
                duplicate(refusal.duplicateOf()),
                current(refusal.current()));
    }

    private static @Nullable Current current(Refusal.@Nullable Current now) {
        return now == null ? null : new Current(now.etag(), now.revision());
    }

    private static @Nullable Duplicate duplicate(Refusal.@Nullable Duplicate other) {
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
