package dev.carillon.jobs.lane;

import static dev.carillon.jobs.lane.Capacities.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.jobs.JobsDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lanes with a rate limit of their owner: those of webhook endpoints. */
class LanePaceTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(90);

    @RegisterExtension
    private static final JobsDatabase DATABASE = new JobsDatabase();

    private static final Lanes LANES = DATABASE.deliveries();

    // A receiver that asked for ten a second may fail at a hundred.
    @Test
    void inTheLongRunALaneGoesAsFastAsItMayAndNoFaster() {
        var endpoint = endpoint("max_per_second = 20");
        deliveries(endpoint, 300);

        int taken = 0;
        for (long millis = 0; millis < 10_000; millis += 50) {
            int now = claimed(NOON.plusMillis(millis));
            assertThat(now).as("rows of one claim").isLessThanOrEqualTo(5);
            taken += now;
        }

        assertThat(taken).isBetween(195, 206);
    }

    @Test
    void aLaneOfOneASecondGetsOneASecond() {
        var endpoint = endpoint("max_per_second = 1");
        deliveries(endpoint, 5);

        assertThat(claimed(NOON)).isEqualTo(1);
        assertThat(claimed(NOON.plusMillis(900))).isZero();
        assertThat(claimed(NOON.plusMillis(1_000))).isEqualTo(1);
        assertThat(claimed(NOON.plusMillis(1_900))).isZero();
        assertThat(claimed(NOON.plusMillis(2_000))).isEqualTo(1);
    }

    @Test
    void aSlowLaneDoesNotSlowDownItsNeighbour() {
        var slow = endpoint("max_per_second = 1");
        var quick = endpoint("max_per_second = NULL");
        deliveries(slow, 10);
        deliveries(quick, 10);

        var claimed = LANES.claim(rows(100), LEASE, NOON);

        assertThat(claimed).filteredOn(row -> row.laneKey().equals(slow)).hasSize(1);
        assertThat(claimed).filteredOn(row -> row.laneKey().equals(quick)).hasSize(10);
    }

    // Each delivery to a receiver that is down uses up one of its few attempts.
    @Test
    void whileItIsProbedALaneGivesOneRowAndThenWaitsForWhatComesOfIt() {
        var endpoint = endpoint("probing = true");
        deliveries(endpoint, 10);

        assertThat(claimed(NOON)).isEqualTo(1);
        assertThat(claimed(NOON.plusSeconds(60))).isZero();
        assertThat(LANES.sweep()).as("the sweep leaves a waiting lane as it is").isZero();
        assertThat(claimed(NOON.plus(LEASE).minusMillis(50)))
                .as("claimed again if no outcome was recorded")
                .isEqualTo(1);
    }

    @Test
    void whatIsUrgentPassesByAPaceAndDoesNotChangeIt() {
        var endpoint = endpoint("probing = true");
        deliveries(endpoint, 3);
        assertThat(claimed(NOON)).isEqualTo(1);
        urgent(endpoint);

        assertThat(claimed(NOON.plusSeconds(1))).isEqualTo(1);
        assertThat(claimed(NOON.plusSeconds(60))).isZero();
    }

    private static int claimed(Instant now) {
        return LANES.claim(rows(100), LEASE, now).size();
    }

    private static UUID endpoint(String setting) {
        var tenant = DATABASE.tenant();
        var event = DATABASE.delivery(tenant, NOON.plusSeconds(1_000_000));
        var endpoint = DATABASE.uuid("SELECT endpoint_id FROM webhook_delivery WHERE event_id = ?", event);
        DATABASE.update("UPDATE webhook_endpoint SET %s WHERE id = ?".formatted(setting), endpoint);
        return endpoint;
    }

    private static void deliveries(UUID endpoint, int count) {
        add(endpoint, count, false);
    }

    private static void urgent(UUID endpoint) {
        add(endpoint, 1, true);
    }

    private static void add(UUID endpoint, int count, boolean urgent) {
        DATABASE.update("""
                INSERT INTO webhook_delivery (event_id, endpoint_id, id, workspace_id, livemode, event_type, status, due_at, urgent)
                SELECT gen_random_uuid(), id, gen_random_uuid(), workspace_id, livemode, 'post.published', 'scheduled', '2026-11-22T12:00:00Z', ?
                FROM webhook_endpoint CROSS JOIN generate_series(1, ?) WHERE id = ?
                """, urgent, count, endpoint);
        DATABASE.update("""
                INSERT INTO delivery_hint (workspace_id, livemode, lane_key, urgent, due_at)
                SELECT workspace_id, livemode, id, ?, '2026-11-22T12:00:00Z' FROM webhook_endpoint WHERE id = ?
                """, urgent, endpoint);
    }
}
