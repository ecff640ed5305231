package dev.carillon.api.health;

import dev.carillon.core.kernel.Wire;

/**
 * The process is alive.
 *
 * @param status always {@code ok}
 */
@Wire
record HealthResponse(String status) {
    static final HealthResponse ALIVE = new HealthResponse("ok");
}
