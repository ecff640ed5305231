/** Follows events from a terminal, using only the public API. */
@NullMarked
package dev.carillon.app.events;

import org.jspecify.annotations.NullMarked;
