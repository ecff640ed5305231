/** Idempotency keys: the same request again gets the same reply, and its effect happens once. */
@NullMarked
package dev.carillon.core.idempotency;

import org.jspecify.annotations.NullMarked;
