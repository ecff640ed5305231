/** Publishing: from a claimed row to a recorded outcome, and the settling of outcomes in doubt. */
@NullMarked
package dev.carillon.worker.publication;

import org.jspecify.annotations.NullMarked;
