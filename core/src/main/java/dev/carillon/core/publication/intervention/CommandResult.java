package dev.carillon.core.publication.intervention;

import dev.carillon.core.publication.Publication;

/**
 * A publication after a worker was asked to do something with it.
 *
 * @param done whether the worker has finished; if false, the work continues
 */
public record CommandResult(Publication publication, boolean done) {}
