package dev.carillon.api.http;

/** What shows an object that counts its revisions, one of which {@code If-Match} may name in place of an ETag. */
public interface Revised {
    /** From 1. */
    int revision();
}
