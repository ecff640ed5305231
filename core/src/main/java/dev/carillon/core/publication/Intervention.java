package dev.carillon.core.publication;

import dev.carillon.core.apikey.Actor;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is kept of a caller's hand in a publication. */
final class Intervention {
    private Intervention() {}

    static Map<String, String> by(Actor actor) {
        return Map.of("api_key", actor.key().toString());
    }

    static Map<String, String> by(Actor actor, Map<String, String> more) {
        var detail = new LinkedHashMap<>(by(actor));
        detail.putAll(more);
        return detail;
    }
}
