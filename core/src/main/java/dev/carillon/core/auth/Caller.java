package dev.carillon.core.auth;

import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.MemberId;
import dev.carillon.core.kernel.SessionId;
import dev.carillon.core.kernel.UserId;
import org.jspecify.annotations.Nullable;

/** How a caller was authenticated. */
public sealed interface Caller {
    /** A program or a person with a key. */
    record ByKey(ApiKeyId key) implements Caller {}

    /** A signed-in user, in a workspace of which they are a member. */
    record ByMember(MemberId member, UserId user, SessionId session) implements Caller {}

    /** The key; null for a member. */
    default @Nullable ApiKeyId keyOrNull() {
        return this instanceof ByKey(var key) ? key : null;
    }

    /** The member; null for a key. */
    default @Nullable MemberId memberOrNull() {
        return this instanceof ByMember by ? by.member() : null;
    }
}
