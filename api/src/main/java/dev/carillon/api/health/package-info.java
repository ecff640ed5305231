/** Liveness and readiness of the process. */
@NullMarked
package dev.carillon.api.health;

import org.jspecify.annotations.NullMarked;
