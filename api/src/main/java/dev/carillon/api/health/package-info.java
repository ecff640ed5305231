/** Whether the process lives and is ready. */
@NullMarked
package dev.carillon.api.health;

import org.jspecify.annotations.NullMarked;
