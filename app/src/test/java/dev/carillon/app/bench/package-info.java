/** Benchmarks, started by {@code ./carillon bench}. They print figures, and some print whether goals were met. */
@NullMarked
package dev.carillon.app.bench;

import org.jspecify.annotations.NullMarked;
