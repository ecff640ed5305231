/** Whole stories: Carillon as its own process, real servers, a real platform, and processes really killed. */
@NullMarked
package dev.carillon.app.journey;

import org.jspecify.annotations.NullMarked;
