/** Journeys: Carillon as a separate process, with real servers, a real platform, and processes that are really killed. */
@NullMarked
package dev.carillon.app.journey;

import org.jspecify.annotations.NullMarked;
