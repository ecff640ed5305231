package dev.carillon.api.health;

import dev.carillon.core.kernel.Wire;
import java.util.Map;
import java.util.TreeMap;

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
     * @param parts what works beside the API in this process: worker, events, dispatch, billing; one that fails is started again
     */
    @Wire
    record Checks(String database, String redis, Map<String, String> parts) {}

    static ReadinessResponse of(boolean database, boolean redis, Map<String, Boolean> parts) {
        var words = new TreeMap<String, String>();
        parts.forEach((name, works) -> words.put(name, word(works)));
        var status = redis && !parts.containsValue(false) ? "ready" : "degraded";
        return new ReadinessResponse(database ? status : "unready", new Checks(word(database), word(redis), words));
    }

    private static String word(boolean works) {
        return works ? "ok" : "failing";
    }
}
