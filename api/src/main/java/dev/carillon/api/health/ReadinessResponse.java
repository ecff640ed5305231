package dev.carillon.api.health;

import dev.carillon.core.kernel.Wire;

/**
 * Whether the process can serve.
 *
 * @param status ready, degraded (all works, some of it later) or unready
 * @param checks what was looked at
 */
@Wire
record ReadinessResponse(String status, Checks checks) {

    /**
     * What was looked at, each ok or failing.
     *
     * @param database holds every fact; nothing works without it
     * @param redis carries signals between processes; without it they look by themselves, a little later
     */
    @Wire
    record Checks(String database, String redis) {}

    static ReadinessResponse of(boolean database, boolean redis) {
        var status = redis ? "ready" : "degraded";
        return new ReadinessResponse(database ? status : "unready", new Checks(word(database), word(redis)));
    }

    private static String word(boolean works) {
        return works ? "ok" : "failing";
    }
}
