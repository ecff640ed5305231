package dev.carillon.api.protocol;

/** A view of an object that counts its revisions; {@code If-Match} may name a revision instead of an ETag. */
public interface Revised {
    /** Counted from 1. */
    int revision();
}
