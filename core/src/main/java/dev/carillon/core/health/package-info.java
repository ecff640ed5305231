/** Health: which parts work in this process, and whether they do. */
@NullMarked
package dev.carillon.core.health;

import org.jspecify.annotations.NullMarked;
