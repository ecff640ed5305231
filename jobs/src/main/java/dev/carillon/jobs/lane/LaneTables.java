package dev.carillon.jobs.lane;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The tables of one kind of lane. A row of work is addressed by {@code partitionColumn} and {@code id} together, so
 * that a partitioned table is accessed in one partition.
 *
 * @param lane a summary of the work: when each lane is due next
 * @param hint receives new or freed work by appends, and is drained into the lanes
 * @param work the rows themselves, the only source of truth
 * @param keyColumn the column of {@code work} that names the lane
 * @param partitionColumn the column by which {@code work} is partitioned, or {@code id}
 * @param owner the table whose {@code id} is the lane's key and whose {@code host} is where its rows are sent
 * @param extras features that only some kinds have
 */
public record LaneTables(
        String lane, String hint, String work, String keyColumn, String partitionColumn, String owner, Extras extras) {
    // Declared first, because the constants below are checked with it.
    private static final Pattern NAME = Pattern.compile("[a-z_]*");

    /**
     * Features that only some kinds of lane have; an empty name means none.
     *
     * @param pause a view of lanes that are paused by something other than themselves, and until when
     * @param step a table that records what happened to a row
     * @param clock the column of {@code lane} with the time of its tenant's test clock, null for real time; next to it,
     *     {@code claimable_from} is when a claim in real time may take from the lane
     * @param pace the rate limit of an owner's lane
     */
    public record Extras(String pause, String step, String clock, Pace pace) {
        /** Lanes that only their owners' rate limits slow down. */
        static Extras paced(Pace pace) {
            return new Extras("", "", "", pace);
        }
    }

    /**
     * Columns of {@code owner} with its lane's rate limit; empty names for no limit. Urgent rows are not slowed down.
     *
     * @param rate the most rows a second; null for no limit
     * @param probing whether to send one row at a time until it is known whether the others can succeed
     */
    public record Pace(String rate, String probing) {
        static final Pace NONE = new Pace("", "");
    }

    /** Publications, two lanes per account: one of them for urgent ones. */
    public static final LaneTables PUBLICATIONS = new LaneTables(
            "publication_lane",
            "publication_hint",
            "publication",
            "account_id",
            "id",
            "account",
            new Extras("publication_lane_pause", "publication_step", "clock_at", Pace.NONE));

    /** Webhook deliveries, one lane per endpoint. */
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
            // Names are inserted into statements, where they cannot be bound.
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not a table or column name: " + name);
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
