package dev.carillon.api.protocol;

import dev.carillon.api.input.SafeQuote;
import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The states to which a change applies, from {@code If-Match} (RFC 9110, 13.1.1).
 *
 * @param any whether the header was {@code *}
 * @param tags the tags sent, including weak ones, which match nothing
 */
public record IfMatch(boolean any, List<EntityTag.Sent> tags) {
    private static final Pattern REVISION = Pattern.compile("\\d{1,9}");

    public IfMatch {
        tags = List.copyOf(tags);
    }

    /**
     * Reads the request's header; empty if it is absent.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code invalid_parameter} if it is neither a tag, nor a revision, nor {@code *}
     */
    public static Optional<IfMatch> of(HttpRequest<?> request) {
        var values = request.getHeaders().getAll(TakesIfMatch.HEADER);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        var first = values.getFirst().strip();
        if (values.size() == 1 && first.equals("*")) {
            return Optional.of(new IfMatch(true, List.of()));
        }
        // A revision may be sent without quotation marks.
        if (values.size() == 1 && REVISION.matcher(first).matches()) {
            return Optional.of(new IfMatch(false, List.of(new EntityTag.Sent(false, first))));
        }
        return Optional.of(new IfMatch(
                false,
                EntityTag.read(values)
                        .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.at(
                                TakesIfMatch.HEADER,
                                "%s is not an ETag, a revision or *; send the ETag from GET with its quotation marks, or a revision such as \"3\"."
                                        .formatted(SafeQuote.of(first))))));
    }

    /** Whether the caller may change an object with this tag and, if it has one, this revision. */
    boolean matches(String tag, @Nullable Integer revision) {
        return any
                || tags.stream()
                        .filter(sent -> !sent.weak())
                        .anyMatch(sent -> sent.names(tag)
                                || (revision != null && sent.opaque().equals(revision.toString())));
    }

    /** The revision, if the header names a single one and nothing else; otherwise null. */
    public @Nullable Integer revision() {
        return tags.size() == 1
                        && !tags.getFirst().weak()
                        && REVISION.matcher(tags.getFirst().opaque()).matches()
                ? Integer.valueOf(tags.getFirst().opaque())
                : null;
    }

    boolean isWeak() {
        return !tags.isEmpty() && tags.stream().allMatch(EntityTag.Sent::weak);
    }
}
