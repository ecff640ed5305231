package dev.carillon.core.post;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * Who made a post.
 *
 * @param key null where it was a member
 * @param member null where it was a key
 * @param agent whose key it is; null where it is no agent's
 */
public record Maker(
        @Nullable ApiKeyId key,
        @Nullable MemberId member,
        @Nullable AgentId agent) {

    static Maker of(Actor actor) {
        return new Maker(actor.caller().keyOrNull(), actor.caller().memberOrNull(), actor.agent());
    }
}
