/** Publishing: from a claimed row to a recorded outcome, and the reconciliation of unknown outcomes. */
@NullMarked
package dev.carillon.worker.publication;

import org.jspecify.annotations.NullMarked;
