package dev.carillon.core.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundHttp;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.OutboundReply.NoAnswer;
import dev.carillon.core.net.OutboundRequest;
import dev.carillon.core.net.Purpose;
import jakarta.inject.Singleton;
import java.net.URI;
import net.minidev.json.JSONObject;

/**
 * Calls to providers through the guarded client; redirects are not followed. A failure ends the sign-in with an error
 * that names the provider.
 */
@Singleton
class ProviderCalls {
    private static final int LARGEST_ANSWER = 256 * 1024;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;

    private final OutboundHttp http;

    ProviderCalls(OutboundHttp http) {
        this.http = http;
    }

    /** Sends a GET request and returns the JSON object of the answer. */
    JSONObject get(OidcProvider provider, String what, URI url, Deadline deadline) {
        return object(provider, what, send(provider, OutboundRequest.get(Purpose.SIGN_IN, url.toString(), deadline)));
    }

    /** Sends a request and returns its answer, unless the provider fails (5xx or 429). */
    Answered send(OidcProvider provider, OutboundRequest request) {
        return switch (http.send(
                request.withHeader("Accept", "application/json").withMaxResponseBytes(LARGEST_ANSWER))) {
            case Answered answer
            when answer.status() >= SERVER_ERRORS || answer.status() == TOO_MANY_REQUESTS ->
                throw ProviderErrors.unreachable(provider, "status " + answer.status());
            case Answered answer -> answer;
            case NeverSent(var failure) -> throw ProviderErrors.of(provider, failure);
            case NoAnswer(var failure) -> throw ProviderErrors.of(provider, failure);
        };
    }

    /** The object in a successful answer. */
    JSONObject object(OidcProvider provider, String what, Answered answer) {
        if (!answer.ok()) {
            throw ProviderErrors.invalid(provider, "its %s has the status %d".formatted(what, answer.status()));
        }
        return parsed(provider, what, answer);
    }

    JSONObject parsed(OidcProvider provider, String what, Answered answer) {
        if (answer.truncated()) {
            throw ProviderErrors.invalid(provider, "its %s is too long".formatted(what));
        }
        try {
            return JSONObjectUtils.parse(answer.text());
        } catch (ParseException e) {
            throw ProviderErrors.invalid(provider, "its %s is not a JSON object".formatted(what));
        }
    }
}
