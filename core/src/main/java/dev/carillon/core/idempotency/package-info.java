/** Idempotency: a request that is repeated with its key has one effect and one reply. */
@NullMarked
package dev.carillon.core.idempotency;

import org.jspecify.annotations.NullMarked;
