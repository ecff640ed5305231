package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.event.EventPattern;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.net.OutboundUrls;
import dev.carillon.core.net.UrlCheckResult;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the requested settings of an endpoint. Every refusal names the field. */
@Singleton
class EndpointCheck {
    private static final int LONGEST_DESCRIPTION = 500;

    private final OutboundUrls urls;

    EndpointCheck(OutboundUrls urls) {
        this.urls = urls;
    }

    /**
     * Refuses invalid settings.
     *
     * @throws ApiException {@code address_not_allowed} or {@code invalid_parameter}
     */
    void check(EndpointDraft draft) {
        checkUrl(draft.url(), "/url");
        checkEvents(draft.events());
        checkDescription(draft.description());
        draft.headers().check();
        checkRate(draft.maxPerSecond());
    }

    /** Refuses an invalid change, in the same way. */
    void check(EndpointChange change) {
        if (change.url() != null) {
            checkUrl(change.url(), "/url");
        }
        if (change.events() != null) {
            checkEvents(change.events());
        }
        checkDescription(EndpointChange.To.or(change.description(), null));
        if (change.headers() != null) {
            change.headers().check();
        }
        checkRate(EndpointChange.To.or(change.maxPerSecond(), null));
    }

    /**
     * Refuses an address that may not be called.
     *
     * @param pointer a JSON pointer to the address
     * @throws ApiException {@code address_not_allowed}
     */
    void checkUrl(String url, String pointer) {
        if (urls.check(url) instanceof UrlCheckResult.Refused(var failure)) {
            throw ErrorCode.ADDRESS_NOT_ALLOWED.at(pointer, failure.message());
        }
    }

    boolean allows(String url) {
        return urls.check(url) instanceof UrlCheckResult.Accepted;
    }

    private static void checkEvents(List<String> patterns) {
        if (patterns.isEmpty()) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    "/events", "events is empty; name at least one event type, or * for all.");
        }
        EventPattern.check(patterns, "/events");
    }

    private static void checkDescription(@Nullable String description) {
        if (description != null && description.length() > LONGEST_DESCRIPTION) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    "/description",
                    "description has %d characters; at most %d are allowed."
                            .formatted(description.length(), LONGEST_DESCRIPTION));
        }
    }

    private static void checkRate(@Nullable Integer perSecond) {
        if (perSecond != null && (perSecond < 1 || perSecond > EndpointDraft.FASTEST)) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    "/max_per_second",
                    "max_per_second must be a whole number between 1 and %d.".formatted(EndpointDraft.FASTEST));
        }
    }
}
