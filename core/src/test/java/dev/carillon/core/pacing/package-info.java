/** How pacing keeps its promises. */
@NullMarked
package dev.carillon.core.pacing;

import org.jspecify.annotations.NullMarked;
