/** Metrics: where what operators watch is recorded, and what it is told apart by. */
@NullMarked
package dev.carillon.core.metrics;

import org.jspecify.annotations.NullMarked;
