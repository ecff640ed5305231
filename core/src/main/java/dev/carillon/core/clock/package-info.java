/** What time it is for whom. */
@NullMarked
package dev.carillon.core.clock;

import org.jspecify.annotations.NullMarked;
