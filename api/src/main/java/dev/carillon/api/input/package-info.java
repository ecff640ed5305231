/** Reads what callers send: bodies, query parameters and ids, with clear errors. */
@NullMarked
package dev.carillon.api.input;

import org.jspecify.annotations.NullMarked;
