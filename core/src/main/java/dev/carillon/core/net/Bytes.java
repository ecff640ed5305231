package dev.carillon.core.net;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An immutable body, equal by content. */
public final class Bytes {
    public static final Bytes NONE = new Bytes(new byte[0]);

    private final byte[] value;

    private Bytes(byte[] value) {
        this.value = value;
    }

    public static Bytes of(byte[] value) {
        return new Bytes(value.clone());
    }

    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy. */
    public byte[] toArray() {
        return value.clone();
    }

    /** The body as UTF-8; invalid bytes become the replacement character. */
    public String utf8() {
        return new String(value, StandardCharsets.UTF_8);
    }

    public int size() {
        return value.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** The size alone, because a body may contain data that must not be logged. */
    @Override
    public String toString() {
        return size() + " bytes";
    }
}
