package dev.carillon.api.health;

import dev.carillon.core.kernel.Wire;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether the process can serve requests.
 *
 * @param status ready, degraded (everything works, some of it later) or unready
 * @param checks the result of each check
 */
@Wire
record ReadinessResponse(String status, Checks checks) {

    /**
     * The result of each check: ok or failing.
     *
     * @param database the database, which holds all data; nothing works without it
     * @param redis Redis, which carries signals between processes; without it they poll by themselves, a little later
     * @param parts what runs beside the API in this process: worker, events, dispatch, billing; a part that fails is restarted
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
