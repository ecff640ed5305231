package dev.carillon.jobs.lane;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The tables of one kind of lane. A row of work is found by {@code partitionColumn} and {@code id} together, so that a partitioned
 * table is reached in one partition.
 *
 * @param lane a digest of the work: when is each lane due next
 * @param hint what is appended with new or freed work, and drained into the lanes
 * @param work the rows themselves, the only truth
 * @param keyColumn the column of {@code work} that names the lane
 * @param partitionColumn the column by which {@code work} is partitioned, or {@code id}
 */
public record LaneTables(String lane, String hint, String work, String keyColumn, String partitionColumn) {
    // Stands first: the constants below are checked with it.
    private static final Pattern NAME = Pattern.compile("[a-z_]+");

    /** Publications, a lane per account. */
    public static final LaneTables PUBLICATIONS =
            new LaneTables("publication_lane", "publication_hint", "publication", "account_id", "id");

    /** Webhook deliveries, a lane per endpoint. */
    public static final LaneTables DELIVERIES =
            new LaneTables("delivery_lane", "delivery_hint", "webhook_delivery", "endpoint_id", "event_id");

    public LaneTables {
        for (var name : List.of(lane, hint, work, keyColumn, partitionColumn)) {
            // Names become part of statements, where nothing can be bound.
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not a name of a table or column: " + name);
            }
        }
    }

    /** The statement with its {@code {lane}}, {@code {hint}}, {@code {work}}, {@code {key}} and {@code {partition}} filled in. */
    String fill(String statement) {
        return statement
                .replace("{lane}", lane)
                .replace("{hint}", hint)
                .replace("{work}", work)
                .replace("{key}", keyColumn)
                .replace("{partition}", partitionColumn);
    }
}
