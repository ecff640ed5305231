/** Health: which parts run in this process, and whether they work. */
@NullMarked
package dev.carillon.core.health;

import org.jspecify.annotations.NullMarked;
