/** Advances test clocks. */
@NullMarked
package dev.carillon.worker.testclock;

import org.jspecify.annotations.NullMarked;
