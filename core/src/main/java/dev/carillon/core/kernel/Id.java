package dev.carillon.core.kernel;

import java.util.UUID;

/**
 * An identifier with its own type, so that mixing two kinds does not compile.
 *
 * <p>Internally it is a UUIDv7 (sortable by creation time); externally it is {@code prefix_} and 26 Crockford base32
 * characters. {@code toString} returns the external form.
 */
public interface Id {
    UUID value();
}
