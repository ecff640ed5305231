package dev.carillon.core.publication;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.apikey.Caller;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which caller changed a publication, as recorded in its steps. */
final class Intervention {
    private Intervention() {}

    static Map<String, String> by(Actor actor) {
        return switch (actor.caller()) {
            case Caller.ByKey(var key) -> Map.of("api_key", key.toString());
            case Caller.ByMember member -> Map.of("member", member.member().toString());
        };
    }

    static Map<String, String> by(Actor actor, Map<String, String> more) {
        var detail = new LinkedHashMap<>(by(actor));
        detail.putAll(more);
        return detail;
    }
}
