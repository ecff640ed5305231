/** Signals between processes: hints that may be lost. */
@NullMarked
package dev.carillon.core.signal;

import org.jspecify.annotations.NullMarked;
