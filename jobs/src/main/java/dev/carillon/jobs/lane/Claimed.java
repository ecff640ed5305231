package dev.carillon.jobs.lane;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import java.util.UUID;

/**
 * One claimed row: which, and with what generation.
 *
 * @param partition the event of a delivery; of a publication its id again
 * @param laneKey the account, or the endpoint
 * @param host what the row is sent to: rows of one host suffer from the same trouble
 * @param generation what every later write to the row has to name, so that a claim that was lost cannot write
 */
public record Claimed(
        UUID id, UUID partition, UUID laneKey, String host, WorkspaceId workspace, Mode mode, long generation) {
    /** What a dispatcher knows it by. */
    public RowKey key() {
        return new RowKey(id, generation);
    }
}
