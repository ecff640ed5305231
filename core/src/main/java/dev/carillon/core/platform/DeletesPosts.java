package dev.carillon.core.platform;

import dev.carillon.core.net.Deadline;
import java.util.Map;

/** A connector whose platform allows a published post to be deleted. */
public interface DeletesPosts extends PlatformConnector {
    /** Whether this platform of the connector allows it. */
    default boolean deletes(Platform platform) {
        return true;
    }

    /** Deletes the post; also succeeds if the post is already gone. */
    Deletion delete(ConnectedAccount account, String platformPostId, Map<String, String> refs, Deadline deadline);

    /** The result of a deletion. */
    sealed interface Deletion {
        record Deleted() implements Deletion {}

        record NotDeleted(Failure failure) implements Deletion {}
    }
}
