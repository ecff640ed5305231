/** The launcher's own tests, the house's boundaries, and the journeys through all roles. */
@NullMarked
package dev.carillon.app;

import org.jspecify.annotations.NullMarked;
