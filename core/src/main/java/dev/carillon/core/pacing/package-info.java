/** Pacing: which publications platforms, hosts and rate limits hold back, and until when. */
@NullMarked
package dev.carillon.core.pacing;

import org.jspecify.annotations.NullMarked;
