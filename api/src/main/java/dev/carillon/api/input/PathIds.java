package dev.carillon.api.input;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.IdKind;

/** Reads ids from callers. */
public final class PathIds {
    private PathIds() {}

    /**
     * The id in a path. A malformed id is refused like one that does not exist.
     *
     * @param word the kind of object, as refusals call it
     * @throws dev.carillon.core.kernel.ApiException {@code not_found}
     */
    public static <T extends Id> T read(IdKind<T> kind, String word, String text) {
        return kind.read(text)
                .orElseThrow(
                        () -> ErrorCode.NOT_FOUND.because("There is no %s %s.".formatted(word, SafeQuote.of(text))));
    }
}
