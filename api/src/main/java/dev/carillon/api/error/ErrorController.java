package dev.carillon.api.error;

import dev.carillon.api.http.ListResponse;
import dev.carillon.api.input.SafeQuote;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.stream.Stream;

/** Explains error codes. It is documentation and needs no key: callers without a valid key have the most questions. */
@Controller("/v1/errors")
@Tag(name = "errors")
class ErrorController {

    /** List all error codes. Each has its meaning and fix. One page has all of them. Needs no key. */
    @Get
    ListResponse<ErrorCodeResponse> listErrors() {
        return ListResponse.whole(
                Stream.of(ErrorCode.values()).map(ErrorCodeResponse::of).toList());
    }

    /**
     * Get an error code. Returns its meaning, cause and fix. Needs no key.
     *
     * @param code the code as replies show it, for example scope_missing
     */
    @Get("/{code}")
    ErrorCodeResponse getError(String code) {
        return Stream.of(ErrorCode.values())
                .filter(each -> each.wireName().equals(code))
                .findFirst()
                .map(ErrorCodeResponse::of)
                .orElseThrow(() -> unknown(code));
    }

    private static ApiException unknown(String code) {
        var names = Arrays.stream(ErrorCode.values()).map(ErrorCode::wireName).toList();
        var hint = SafeQuote.guess(code, names).orElse("GET /v1/errors lists all codes.");
        return ErrorCode.NOT_FOUND.because("There is no error code %s. %s".formatted(SafeQuote.of(code), hint));
    }
}
