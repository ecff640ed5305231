/** Test clocks on their way. */
@NullMarked
package dev.carillon.worker.testclock;

import org.jspecify.annotations.NullMarked;
