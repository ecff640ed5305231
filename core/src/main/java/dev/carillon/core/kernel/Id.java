package dev.carillon.core.kernel;

import java.util.UUID;

/**
 * An identifier with a type of its own, so that mixing two kinds does not compile.
 *
 * <p>A UUIDv7 inside (sortable by creation time), {@code prefix_} and 26 Crockford base32 characters outside; {@code
 * toString} gives the outside form.
 */
public interface Id {
    UUID value();
}
