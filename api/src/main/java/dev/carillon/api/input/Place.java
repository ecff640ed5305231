package dev.carillon.api.input;

/**
 * A place in a request's body.
 *
 * @param pointer a JSON pointer (RFC 6901) from the body's root
 * @param shown how error messages name the place
 */
record Place(String pointer, String shown) {
    static final Place BODY = new Place("", "The body");

    /** A field of the object at this place. */
    Place field(String name) {
        return new Place(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), SafeQuote.of(name));
    }

    /** An entry of the array at this place. */
    Place entry(int index) {
        return new Place(pointer + "/" + index, "%s[%d]".formatted(shown, index));
    }
}
