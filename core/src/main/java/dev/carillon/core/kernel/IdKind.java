package dev.carillon.core.kernel;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * How ids of one kind are written and read.
 *
 * @param prefix the part before the underscore, for example {@code pub}
 * @param of creates the typed id
 */
public record IdKind<T extends Id>(String prefix, Function<UUID, T> of) {

    public static <T extends Id> IdKind<T> of(String prefix, Function<UUID, T> of) {
        return new IdKind<>(prefix, of);
    }

    public String write(UUID value) {
        return prefix + "_" + Crockford.encode(value);
    }

    /** Parses an id that a caller sent; empty if it is not one of this kind. */
    public Optional<T> read(String text) {
        if (!text.startsWith(prefix + "_")) {
            return Optional.empty();
        }
        return Crockford.decode(text.substring(prefix.length() + 1)).map(of);
    }
}
