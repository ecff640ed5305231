/** Finds out what became of publications: unknown outcomes are reconciled, successes are checked. */
@NullMarked
package dev.carillon.core.publication.reconciliation;

import org.jspecify.annotations.NullMarked;
