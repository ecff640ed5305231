package dev.carillon.core.apikey;

import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.MemberId;
import dev.carillon.core.kernel.SessionId;
import dev.carillon.core.kernel.UserId;
import org.jspecify.annotations.Nullable;

/** By what somebody was let in. */
public sealed interface Caller {
    /** A program, or a person, that showed a key. */
    record ByKey(ApiKeyId key) implements Caller {}

    /** A person who has signed in, in a workspace of which they are a member. */
    record ByMember(MemberId member, UserId user, SessionId session) implements Caller {}

    /** The key; null where it was none. */
    default @Nullable ApiKeyId keyOrNull() {
        return this instanceof ByKey(var key) ? key : null;
    }

    /** The member; null where it was a key. */
    default @Nullable MemberId memberOrNull() {
        return this instanceof ByMember by ? by.member() : null;
    }
}
