package dev.carillon.api.oidc;

import static dev.carillon.core.kernel.ErrorCode.INVALID_REQUEST;

import dev.carillon.api.input.JsonBody;
import dev.carillon.core.oidc.CallbackAnswer;
import io.micronaut.http.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the form that a provider's page posts. Unknown fields are ignored, as unknown query parameters are for other providers. */
final class PostedAnswer {
    private PostedAnswer() {}

    /** Throws {@code invalid_request} if the body is not a form or repeats a field. */
    static CallbackAnswer read(HttpRequest<byte[]> request) {
        var fields = fields(new String(JsonBody.bytes(request), StandardCharsets.UTF_8));
        return new CallbackAnswer(
                fields.get("state"),
                fields.get("code"),
                fields.get("error"),
                fields.get("error_description"),
                fields.get("iss"));
    }

    private static Map<String, @Nullable String> fields(String form) {
        var fields = new HashMap<String, @Nullable String>();
        for (var pair : form.split("&", -1)) {
            var parts = pair.split("=", 2);
            if (parts.length == 2 && fields.put(decoded(parts[0]), decoded(parts[1])) != null) {
                throw INVALID_REQUEST.because("The provider's form has a field twice; start the sign-in again.");
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw INVALID_REQUEST.because(
                    "The provider's answer must be a form in application/x-www-form-urlencoded; start the sign-in again.");
        }
    }
}
