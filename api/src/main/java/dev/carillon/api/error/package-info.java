/** The catalogue of errors, for callers to read. */
@NullMarked
package dev.carillon.api.error;

import org.jspecify.annotations.NullMarked;
