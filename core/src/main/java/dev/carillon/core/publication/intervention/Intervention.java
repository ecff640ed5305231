package dev.carillon.core.publication.intervention;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Caller;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which caller changed a publication, as recorded in its steps. */
public final class Intervention {
    private Intervention() {}

    public static Map<String, String> by(Actor actor) {
        return switch (actor.caller()) {
            case Caller.ByKey(var key) -> Map.of("api_key", key.toString());
            case Caller.ByMember member -> Map.of("member", member.member().toString());
        };
    }

    public static Map<String, String> by(Actor actor, Map<String, String> more) {
        var detail = new LinkedHashMap<>(by(actor));
        detail.putAll(more);
        return detail;
    }
}
