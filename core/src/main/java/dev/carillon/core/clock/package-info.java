/** Clock: business time, per workspace and mode. */
@NullMarked
package dev.carillon.core.clock;

import org.jspecify.annotations.NullMarked;
