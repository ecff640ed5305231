package dev.carillon.api.sandbox;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.ErrorCode;

/** Restricts routes to test mode, the mode of the sandbox. */
final class TestMode {
    private TestMode() {}

    /**
     * Returns only for a test key.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code mode_mismatch}
     */
    static void require(Actor actor) {
        if (actor.mode().livemode()) {
            throw ErrorCode.MODE_MISMATCH.because("The sandbox works in test mode only; use a test key.");
        }
    }
}
