package dev.carillon.jobs.lane;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import java.util.UUID;

/**
 * One claimed row, with the generation of its claim.
 *
 * @param partition the event of a delivery; for a publication, its id again
 * @param laneKey the account or the endpoint
 * @param host where the row is sent; rows of one host are affected by the same outages
 * @param generation every later write to the row must name it, so that a lost claim cannot write
 */
public record Claimed(
        UUID id, UUID partition, UUID laneKey, String host, WorkspaceId workspace, Mode mode, long generation) {
    /** The key by which a dispatcher tracks the row. */
    public RowKey key() {
        return new RowKey(id, generation);
    }
}
