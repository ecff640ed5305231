package dev.carillon.sandbox.http;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Texts that PostgreSQL can store and return unchanged: no NUL, no half of a surrogate pair. */
final class StorableText {
    private StorableText() {}

    /**
     * Returns the value itself.
     *
     * @throws HttpErrorException with status 400 if the value cannot be stored as it is
     */
    static String require(String name, String value) {
        if (value.indexOf('\0') >= 0) {
            throw HttpErrorException.badRequest("nul_character", "%s contains a NUL character.".formatted(name));
        }
        if (!UTF_8.newEncoder().canEncode(value)) {
            throw HttpErrorException.badRequest("invalid_text", "%s is not well-formed Unicode.".formatted(name));
        }
        return value;
    }
}
