/** Benchmarks, started by {@code ./carillon bench}: they print numbers and judge nothing. */
@NullMarked
package dev.carillon.app.bench;

import org.jspecify.annotations.NullMarked;
