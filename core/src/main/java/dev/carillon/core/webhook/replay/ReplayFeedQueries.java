package dev.carillon.core.webhook.replay;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.kernel.WebhookEndpointId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The steps of replays. Each replay is locked by one process at a time; the others skip it. */
@Singleton
class ReplayFeedQueries {
    private static final String NEXT = """
            SELECT * FROM webhook_replay
            WHERE (status = 'running' OR NOT settled) AND next_at <= (SELECT clock_timestamp())
            ORDER BY next_at
            LIMIT 1
            FOR UPDATE SKIP LOCKED
            """;
    private static final String WAITING = """
            SELECT count(*)::integer AS waiting FROM (
                SELECT FROM webhook_delivery
                WHERE endpoint_id = ? AND NOT urgent AND status = 'scheduled' AND lease_until IS NULL AND due_at <= ?
                LIMIT ?) AS due
            """;
    private static final String END_OF_WINDOW = """
            SELECT sequence AS number FROM (
                SELECT sequence FROM event WHERE workspace_id = ? AND livemode = ? AND sequence > ? AND sequence <= ?
                ORDER BY sequence
                LIMIT ?) AS looked_at
            ORDER BY sequence DESC
            LIMIT 1
            """;
    private static final String FITTING = """
            SELECT event.id, event.type, event.sequence, delivery.id IS NULL AS is_new FROM event
            LEFT JOIN webhook_delivery AS delivery ON delivery.event_id = event.id AND delivery.endpoint_id = ?
            WHERE event.workspace_id = ? AND event.livemode = ? AND event.sequence > ? AND event.sequence <= ?
              AND event.created_at >= ? AND event.created_at < ? AND event.type = ANY (?::text[])
              AND (event.type <> 'webhook_endpoint.test' OR event.object_id = ?)
              AND {scope}
            ORDER BY event.sequence
            LIMIT ?
            """;
    // Deliveries that are being sent, or that another process has just created, are already on their way.
    private static final String ALL = FITTING.replace("{scope}", "delivery.lease_until IS NULL");
    private static final String FAILED = FITTING.replace("{scope}", "delivery.status IN ('failed', 'skipped')");
    private static final String QUEUE_AGAIN = """
            UPDATE webhook_delivery AS delivery
            SET status = 'scheduled', due_at = least(CASE WHEN delivery.status = 'scheduled' THEN delivery.due_at END, wanted.due_at),
                ended_at = NULL, generation = delivery.generation + 1, replayed_after = delivery.attempts,
                status_before = delivery.status, ended_before = delivery.ended_at, replay_id = ?
            FROM unnest(?::uuid[], ?::timestamptz[]) AS wanted (event_id, due_at)
            WHERE delivery.event_id = wanted.event_id AND delivery.endpoint_id = ? AND delivery.lease_until IS NULL
              AND (? OR delivery.status IN ('failed', 'skipped'))
            """;
    // If the replay is canceled before the delivery's turn, it becomes skipped, because it was never to be sent.
    private static final String QUEUE_NEW = """
            INSERT INTO webhook_delivery (event_id, endpoint_id, id, workspace_id, livemode, event_type, status, due_at, replay_id,
                                          replayed_after, status_before)
            SELECT wanted.event_id, ?, wanted.id, ?, ?, wanted.type, 'scheduled', wanted.due_at, ?, 0, 'skipped'
            FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::timestamptz[]) AS wanted (event_id, id, type, due_at)
            ON CONFLICT (event_id, endpoint_id) DO NOTHING
            """;
    // A process that was down for a while does not catch up all at once.
    private static final String ADVANCE = """
            UPDATE webhook_replay
            SET reached = ?, queued = queued + ?,
                next_at = CASE WHEN ? = 0 THEN clock_timestamp()
                    ELSE greatest(next_at, clock_timestamp() - interval '250 milliseconds') + ? * interval '1 second' / per_second END
            WHERE id = ?
            """;
    private static final String DEFER = """
            UPDATE webhook_replay SET next_at = clock_timestamp() + interval '250 milliseconds' WHERE id = ?
            """;
    private static final String END = """
            UPDATE webhook_replay SET status = ?, status_reason = ?, ended_at = clock_timestamp() WHERE id = ?
            """;

    private final Sql sql;
    private final Ids ids;

    ReplayFeedQueries(Sql sql, Ids ids) {
        this.sql = sql;
        this.ids = ids;
    }

    /**
     * A replay that this transaction has locked.
     *
     * @param reached the number of the last event that was examined
     * @param upTo the number of the last event to examine
     */
    record Open(WebhookReplay replay, long reached, long upTo) {}

    /**
     * An event to be sent again.
     *
     * @param isNew whether it has no delivery to the endpoint yet
     */
    record Fitting(EventId event, String type, long number, boolean isNew) {}

    /** The replay whose next step has been due the longest. */
    Optional<Open> next() {
        return sql.of(NEXT)
                .first(row -> new Open(ReplayQueries.replay(row), row.number("reached"), row.number("up_to")));
    }

    /** How many due deliveries wait for the endpoint; at most {@code most} are counted. */
    int waiting(WebhookEndpointId endpoint, Instant now, int most) {
        return sql.of(WAITING, endpoint, now, most).one(row -> row.integer("waiting"));
    }

    /** The number of the last of the next {@code size} events; empty if there are no more events. */
    Optional<Long> endOfWindow(Open open, int size) {
        var tenant = open.replay().tenant();
        return sql.of(END_OF_WINDOW, tenant.workspace(), tenant.mode(), open.reached(), open.upTo(), size)
                .first(row -> row.number("number"));
    }

    List<Fitting> fitting(Open open, long upTo, int most) {
        var replay = open.replay();
        var plan = replay.plan();
        return sql.of(
                        plan.scope() == ReplayScope.ALL ? ALL : FAILED,
                        replay.endpoint(),
                        replay.tenant().workspace(),
                        replay.tenant().mode(),
                        open.reached(),
                        upTo,
                        plan.since(),
                        plan.until(),
                        plan.types(),
                        replay.endpoint().toString(),
                        most)
                .list(row -> new Fitting(
                        row.id("id", EventId.KIND), row.text("type"), row.number("sequence"), row.truth("is_new")));
    }

    /**
     * Queues existing deliveries and creates missing ones; they become due in this order.
     *
     * @return how many were queued; others may have claimed or created some in the meantime
     */
    int queue(WebhookReplay replay, List<Fitting> events, Instant now) {
        var again = events.stream().filter(event -> !event.isNew()).toList();
        var fresh = events.stream().filter(Fitting::isNew).toList();
        int queued = 0;
        if (!again.isEmpty()) {
            queued += sql.of(
                            QUEUE_AGAIN,
                            replay.id(),
                            Sql.column(again, Fitting::event),
                            Sql.column(again, event -> dueAt(events, event, now)),
                            replay.endpoint(),
                            replay.plan().scope() == ReplayScope.ALL)
                    .update();
        }
        if (!fresh.isEmpty()) {
            queued += sql.of(
                            QUEUE_NEW,
                            replay.endpoint(),
                            replay.tenant().workspace(),
                            replay.tenant().mode(),
                            replay.id(),
                            Sql.column(fresh, Fitting::event),
                            Sql.column(fresh, event -> ids.next(WebhookDeliveryId.KIND)),
                            Sql.column(fresh, Fitting::type),
                            Sql.column(fresh, event -> dueAt(events, event, now)))
                    .update();
        }
        return queued;
    }

    /** All are due now, but one after the other: lanes are emptied in the order of these times. */
    private static Instant dueAt(List<Fitting> events, Fitting event, Instant now) {
        return now.minus(events.getLast().number() - event.number(), ChronoUnit.MICROS);
    }

    void advance(WebhookReplay replay, long reached, int queued) {
        sql.of(ADVANCE, reached, queued, queued, queued, replay.id()).update();
    }

    /** Postpones its next step for a moment. */
    void defer(WebhookReplay replay) {
        sql.of(DEFER, replay.id()).update();
    }

    void finish(WebhookReplay replay) {
        sql.of(END, ReplayStatus.DONE.wireName(), null, replay.id()).update();
    }

    void cancel(WebhookReplay replay, ReplayEnd reason) {
        sql.of(END, ReplayStatus.CANCELED.wireName(), reason.wireName(), replay.id())
                .update();
    }
}
