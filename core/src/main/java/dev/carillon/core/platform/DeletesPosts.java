package dev.carillon.core.platform;

import dev.carillon.core.net.Deadline;
import java.util.Map;

/** A room whose platform lets a published post be deleted. */
public interface DeletesPosts extends PlatformConnector {
    /** Whether this platform of the room lets us. */
    default boolean deletes(Platform platform) {
        return true;
    }

    /** Deletes the post; succeeds as well when it is gone already. */
    Deletion delete(ConnectedAccount account, String platformPostId, Map<String, String> refs, Deadline deadline);

    /** What deleting came to. */
    sealed interface Deletion {
        record Deleted() implements Deletion {}

        record NotDeleted(Failure failure) implements Deletion {}
    }
}
