package dev.carillon.core.publication;

/**
 * How a publication stands after something was wanted of a worker.
 *
 * @param done whether the worker has done it; otherwise it goes on
 */
public record Served(Publication publication, boolean done) {}
