/** Following events from a terminal, through nothing but the public API. */
@NullMarked
package dev.carillon.app.events;

import org.jspecify.annotations.NullMarked;
