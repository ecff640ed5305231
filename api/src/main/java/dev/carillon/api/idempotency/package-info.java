/** Stored replies for repetitions of a request with the same idempotency key. */
@NullMarked
package dev.carillon.api.idempotency;

import org.jspecify.annotations.NullMarked;
