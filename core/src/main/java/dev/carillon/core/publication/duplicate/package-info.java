/** Finds publications of the same content on the same account. */
@NullMarked
package dev.carillon.core.publication.duplicate;

import org.jspecify.annotations.NullMarked;
