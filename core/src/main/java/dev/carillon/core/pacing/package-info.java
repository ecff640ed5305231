/** Pacing: whom platforms, hosts and budgets hold back, and until when. */
@NullMarked
package dev.carillon.core.pacing;

import org.jspecify.annotations.NullMarked;
