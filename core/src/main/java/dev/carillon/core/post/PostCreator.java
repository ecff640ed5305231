package dev.carillon.core.post;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * The key or member that made a post.
 *
 * @param key null if a member made it
 * @param member null if a key made it
 * @param agent the agent that the key belongs to; null if it belongs to none
 */
public record PostCreator(
        @Nullable ApiKeyId key,
        @Nullable MemberId member,
        @Nullable AgentId agent) {

    static PostCreator of(Actor actor) {
        return new PostCreator(actor.caller().keyOrNull(), actor.caller().memberOrNull(), actor.agent());
    }
}
