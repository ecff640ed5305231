/** The event log over HTTP. */
@NullMarked
package dev.carillon.api.event;

import org.jspecify.annotations.NullMarked;
