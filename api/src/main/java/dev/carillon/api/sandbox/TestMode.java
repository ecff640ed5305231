package dev.carillon.api.sandbox;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.kernel.ErrorCode;

/** The mode that the sandbox plays. */
final class TestMode {
    private TestMode() {}

    /**
     * Goes on only with a test key.
     *
     * @throws dev.carillon.core.kernel.Refusal {@code mode_mismatch}
     */
    static void require(Actor actor) {
        if (actor.mode().livemode()) {
            throw ErrorCode.MODE_MISMATCH.because("The sandbox plays test mode only; use a test key.");
        }
    }
}
