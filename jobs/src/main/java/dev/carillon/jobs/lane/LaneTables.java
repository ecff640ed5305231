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
 * @param owner the table whose {@code id} is the lane's key and whose {@code host} says what its rows are sent to
 * @param extras what only some kinds have
 */
public record LaneTables(
        String lane, String hint, String work, String keyColumn, String partitionColumn, String owner, Extras extras) {
    // Stands first: the constants below are checked with it.
    private static final Pattern NAME = Pattern.compile("[a-z_]*");

    /**
     * What only some kinds of lane have; an empty name for nothing.
     *
     * @param pause a view with lanes that something beside themselves stops, and until when
     * @param step a table that notes what became of a row
     * @param clock the column of {@code lane} with what the test clock of its tenant shows, null where it goes by real time; beside it
     *     {@code claimable_from} is when a claim in real time may take from the lane
     * @param pace how fast an owner's lane may go
     */
    public record Extras(String pause, String step, String clock, Pace pace) {
        /** Lanes that are slowed down by their owners alone. */
        static Extras paced(Pace pace) {
            return new Extras("", "", "", pace);
        }
    }

    /**
     * Columns of {@code owner} that say how fast its lane may go; empty names for as fast as there is room. Urgent rows are not slowed down.
     *
     * @param rate rows a second at most; null for no bound
     * @param probing whether one row at a time is to show if the others have a chance
     */
    public record Pace(String rate, String probing) {
        static final Pace NONE = new Pace("", "");
    }

    /** Publications, two lanes per account: one for what is urgent. */
    public static final LaneTables PUBLICATIONS = new LaneTables(
            "publication_lane",
            "publication_hint",
            "publication",
            "account_id",
            "id",
            "account",
            new Extras("publication_lane_pause", "publication_step", "clock_at", Pace.NONE));

    /** Webhook deliveries, a lane per endpoint. */
    public static final LaneTables DELIVERIES = new LaneTables(
            "delivery_lane",
            "delivery_hint",
            "webhook_delivery",
            "endpoint_id",
            "event_id",
            "webhook_endpoint",
            Extras.paced(new Pace("max_per_second", "probing")));

    public LaneTables {
        for (var name : List.of(
                lane,
                hint,
                work,
                keyColumn,
                partitionColumn,
                owner,
                extras.pause(),
                extras.step(),
                extras.clock(),
                extras.pace().rate(),
                extras.pace().probing())) {
            // Names become part of statements, where nothing can be bound.
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not a name of a table or column: " + name);
            }
        }
    }

    /** The statement with the names between braces filled in. */
    String fill(String statement) {
        return statement
                .replace("{lane}", lane)
                .replace("{hint}", hint)
                .replace("{work}", work)
                .replace("{key}", keyColumn)
                .replace("{partition}", partitionColumn)
                .replace("{owner}", owner)
                .replace("{pause}", extras.pause())
                .replace("{ownPace}", isPaced() ? ownPace("owner") : "")
                .replace("{duePace}", isPaced() ? ownPace("due") : "")
                .replace("{claimable}", hasClocks() ? "claimable_from" : "next_due_at")
                .replace("{clock}", hasClocks() ? "lane." + extras.clock() : "NULL::timestamptz");
    }

    private String ownPace(String alias) {
        return ", %1$s.%2$s, %1$s.%3$s"
                .formatted(alias, extras.pace().rate(), extras.pace().probing());
    }

    boolean isPaced() {
        return !extras.pace().rate().isEmpty();
    }

    boolean hasPauses() {
        return !extras.pause().isEmpty();
    }

    boolean hasClocks() {
        return !extras.clock().isEmpty();
    }

    boolean hasSteps() {
        return !extras.step().isEmpty();
    }
}
