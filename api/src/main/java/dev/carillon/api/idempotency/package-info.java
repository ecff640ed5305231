/** Replies that an idempotency key keeps for the repetitions of a request. */
@NullMarked
package dev.carillon.api.idempotency;

import org.jspecify.annotations.NullMarked;
