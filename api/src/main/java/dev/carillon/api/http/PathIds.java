package dev.carillon.api.http;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.IdKind;

/** Reads ids where callers write them. */
public final class PathIds {
    private PathIds() {}

    /**
     * The id in a path. One that cannot be an id is as unknown as one that belongs to nobody.
     *
     * @param word what it is the id of, as refusals call it
     * @throws dev.carillon.core.kernel.Refusal {@code not_found}
     */
    public static <T extends Id> T read(IdKind<T> kind, String word, String text) {
        return kind.read(text)
                .orElseThrow(() -> ErrorCode.NOT_FOUND.because("There is no %s %s.".formatted(word, Echo.of(text))));
    }
}
