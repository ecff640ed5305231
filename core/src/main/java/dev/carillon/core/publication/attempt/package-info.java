/** Attempts of publications: their start, and what follows from their outcome. */
@NullMarked
package dev.carillon.core.publication.attempt;

import org.jspecify.annotations.NullMarked;
