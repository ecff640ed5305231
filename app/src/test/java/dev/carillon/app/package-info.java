/** Tests of the launcher, of the architecture, and of journeys through all roles. */
@NullMarked
package dev.carillon.app;

import org.jspecify.annotations.NullMarked;
