package dev.carillon.api.error;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.ErrorMeaning;
import dev.carillon.core.kernel.Wire;
import java.util.Locale;

/**
 * One code of the error catalogue.
 *
 * @param code the stable name to branch on
 * @param object always {@code error_code}
 * @param status the HTTP status of a request that is refused with this code
 * @param title the code in a few words
 * @param meaning what the code means
 * @param cause the usual cause
 * @param fix how to fix it
 * @param retryable whether the same request may succeed later, or Carillon retries the publication by itself
 * @param autoFixable whether a program can fix the request from the reply alone
 * @param appliesTo where the code occurs: request, publication or both
 */
@Wire
record ErrorCodeResponse(
        String code,
        String object,
        int status,
        String title,
        String meaning,
        String cause,
        String fix,
        boolean retryable,
        boolean autoFixable,
        String appliesTo) {

    static ErrorCodeResponse of(ErrorCode code) {
        var meaning = ErrorMeaning.of(code);
        return new ErrorCodeResponse(
                code.wireName(),
                "error_code",
                code.status(),
                code.title(),
                meaning.meaning(),
                meaning.cause(),
                code.suggestedAction(),
                code.retryable(),
                code.autoFixable(),
                meaning.appliesTo().name().toLowerCase(Locale.ROOT));
    }
}
