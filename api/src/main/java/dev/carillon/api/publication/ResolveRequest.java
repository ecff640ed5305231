package dev.carillon.api.publication;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.api.input.JsonObject;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.publication.reconciliation.Resolution;
import dev.carillon.core.publication.reconciliation.Resolution.Then;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outcome that a person found on the account.
 *
 * @param outcome whether the post was published
 * @param permalink the link to the post, http or https; only with {@code published}
 * @param platformPostId the platform's id of the post, without which Carillon cannot delete it; only with {@code published}
 * @param then what happens next; required with {@code not_published}, and allowed only there
 */
@Wire
@Schema(requiredProperties = "outcome")
record ResolveRequest(
        Outcome outcome,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED, maxLength = ResolveRequest.LONGEST)
        String permalink,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED, maxLength = ResolveRequest.LONGEST)
        String platformPostId,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Next then) {
    static final int LONGEST = 2_000;
    private static final int LONGEST_WORD = 100;
    private static final String OUTCOME = "outcome";
    private static final String PERMALINK = "permalink";
    private static final String PLATFORM_POST_ID = "platform_post_id";
    private static final String THEN = "then";

    /** Whether the post was published. */
    enum Outcome {
        @JsonProperty("published")
        PUBLISHED,
        @JsonProperty("not_published")
        NOT_PUBLISHED
    }

    /** What happens to a publication that was not published. */
    enum Next {
        @JsonProperty("retry")
        RETRY,
        @JsonProperty("fail")
        FAIL
    }

    static Resolution read(JsonObject body) {
        body.only(Set.of(OUTCOME, PERMALINK, PLATFORM_POST_ID, THEN));
        return switch (body.requiredText(OUTCOME, LONGEST_WORD, "published")) {
            case "published" -> {
                refuse(body, THEN, "not_published");
                yield new Resolution.Published(permalink(body), body.text(PLATFORM_POST_ID, LONGEST, "1234567890"));
            }
            case "not_published" -> {
                refuse(body, PERMALINK, "published");
                refuse(body, PLATFORM_POST_ID, "published");
                yield new Resolution.NotPublished(then(body));
            }
            default -> throw body.invalid(OUTCOME, "outcome must be \"published\" or \"not_published\".");
        };
    }

    private static void refuse(JsonObject body, String field, String outcome) {
        if (body.value(field) != null) {
            throw body.invalid(
                    field, "%s is allowed only with the outcome \"%s\"; remove it.".formatted(field, outcome));
        }
    }

    private static Then then(JsonObject body) {
        var then = body.text(THEN, LONGEST_WORD, "retry");
        return switch (then == null ? "" : then) {
            case "retry" -> Then.RETRY;
            case "fail" -> Then.FAIL;
            default ->
                throw body.invalid(
                        THEN, "The outcome \"not_published\" requires the field then; send \"retry\" or \"fail\".");
        };
    }

    private static @Nullable String permalink(JsonObject body) {
        var text = body.text(PERMALINK, LONGEST, "https://example.com/posts/1");
        if (text == null) {
            return null;
        }
        try {
            var uri = new URI(text);
            if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
                return text;
            }
            throw noLink(body);
        } catch (URISyntaxException e) {
            throw noLink(body);
        }
    }

    private static ApiException noLink(JsonObject body) {
        return body.invalid(PERMALINK, "permalink must be an http or https URL, such as https://example.com/posts/1.");
    }
}
