package dev.carillon.api.publication;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.api.input.Example;
import dev.carillon.api.input.Limits;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
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

        @Nullable
        @Limits(most = ResolveRequest.LONGEST)
        @Example("https://example.com/posts/1")
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, maxLength = ResolveRequest.LONGEST)
        String permalink,

        @Nullable
        @Limits(most = ResolveRequest.LONGEST)
        @Example("1234567890")
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, maxLength = ResolveRequest.LONGEST)
        String platformPostId,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Next then) {
    static final int LONGEST = 2_000;

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

    Resolution toResolution() {
        return switch (outcome) {
            case PUBLISHED -> {
                refuse("then", then, "not_published");
                yield new Resolution.Published(checkedPermalink(), platformPostId);
            }
            case NOT_PUBLISHED -> {
                refuse("permalink", permalink, "published");
                refuse("platform_post_id", platformPostId, "published");
                yield new Resolution.NotPublished(requiredThen());
            }
        };
    }

    private static void refuse(String field, @Nullable Object value, String outcome) {
        if (value != null) {
            throw refused(field, "%s is allowed only with the outcome \"%s\"; remove it.".formatted(field, outcome));
        }
    }

    private Then requiredThen() {
        return switch (then) {
            case RETRY -> Then.RETRY;
            case FAIL -> Then.FAIL;
            case null ->
                throw refused(
                        "then", "The outcome \"not_published\" requires the field then; send \"retry\" or \"fail\".");
        };
    }

    private @Nullable String checkedPermalink() {
        if (permalink == null) {
            return null;
        }
        try {
            var uri = new URI(permalink);
            if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
                return permalink;
            }
            throw noLink();
        } catch (URISyntaxException e) {
            throw noLink();
        }
    }

    private static ApiException noLink() {
        return refused("permalink", "permalink must be an http or https URL, such as https://example.com/posts/1.");
    }

    private static ApiException refused(String field, String detail) {
        return ErrorCode.INVALID_PARAMETER.at("/" + field, detail);
    }
}
