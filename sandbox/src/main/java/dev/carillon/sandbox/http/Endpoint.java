package dev.carillon.sandbox.http;

/** Answers one call, or throws a {@link HttpErrorException}. */
@FunctionalInterface
public interface Endpoint {
    Response answer(Request request);
}
