package dev.carillon.core.webhook.delivery;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.Timing;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements of an attempt: what is to be sent, and what came of it. Several rows are locked in the order of their
 * keys, as everywhere. If rows are looked up by key, their other conditions are inside a coalesce; otherwise the
 * planner may scan all deliveries that wait for an endpoint, or all that are leased.
 */
@Singleton
class DeliveryAttemptQueries {
    // Nothing is written: a claim belongs to its holder until its lease expires.
    private static final String TAKE = """
            SELECT delivery.id, delivery.event_id, delivery.endpoint_id, delivery.generation, delivery.workspace_id, delivery.livemode,
                   delivery.event_type, delivery.attempts + 1 AS number, delivery.replayed_after, event.body,
                   delivery.lease_until < clock_timestamp() + ? * interval '1 millisecond' AS lease_is_short,
                   clock_timestamp() AS started_at, endpoint.status AS endpoint_status, endpoint.kind, endpoint.url, endpoint.probing,
                   coalesce(endpoint.paused_until > ? AND NOT delivery.urgent, false) AS is_paused, endpoint.sealed_headers, endpoint.sealed_signing_key,
                   CASE WHEN endpoint.previous_secret_until > clock_timestamp() THEN endpoint.sealed_previous_signing_key END
                       AS sealed_previous_signing_key,
                   coalesce(callback.sealed_secret, endpoint.sealed_secret) AS sealed_secret,
                   CASE WHEN coalesce(callback.previous_secret_until, endpoint.previous_secret_until) > clock_timestamp()
                        THEN coalesce(callback.sealed_previous_secret, endpoint.sealed_previous_secret) END AS sealed_previous_secret
            FROM unnest(?::uuid[], ?::uuid[], ?::bigint[]) AS claim (event_id, endpoint_id, generation)
            JOIN webhook_delivery AS delivery ON delivery.event_id = claim.event_id AND delivery.endpoint_id = claim.endpoint_id
             AND delivery.generation = claim.generation
            JOIN webhook_endpoint AS endpoint ON endpoint.id = delivery.endpoint_id
            JOIN event ON event.id = delivery.event_id
            LEFT JOIN callback_secret AS callback ON endpoint.kind = 'post_callback'
             AND callback.workspace_id = endpoint.workspace_id AND callback.livemode = endpoint.livemode
            WHERE coalesce(delivery.status = 'scheduled' AND delivery.lease_until IS NOT NULL, false)
            """;
    private static final String PICKED = """
            WITH picked AS (
                SELECT delivery.event_id, delivery.endpoint_id, delivery.generation
                FROM unnest(?::uuid[], ?::uuid[], ?::bigint[]) AS claim (event_id, endpoint_id, generation)
                JOIN webhook_delivery AS delivery ON delivery.event_id = claim.event_id AND delivery.endpoint_id = claim.endpoint_id
                 AND delivery.generation = claim.generation
                WHERE coalesce(delivery.status = 'scheduled' AND delivery.lease_until IS NOT NULL, false)
                ORDER BY delivery.event_id, delivery.endpoint_id FOR UPDATE OF delivery)
            """;
    // Between claim and attempt, a job may have waited for a free thread.
    private static final String RENEW = PICKED + """
            UPDATE webhook_delivery AS delivery SET lease_until = clock_timestamp() + ? * interval '1 millisecond'
            FROM picked WHERE delivery.event_id = picked.event_id AND delivery.endpoint_id = picked.endpoint_id
            RETURNING delivery.id, delivery.event_id, delivery.endpoint_id, delivery.generation
            """;
    private static final String SKIP = PICKED + """
            UPDATE webhook_delivery AS delivery SET status = 'skipped', lease_until = NULL, ended_at = clock_timestamp()
            FROM picked WHERE delivery.event_id = picked.event_id AND delivery.endpoint_id = picked.endpoint_id
            """;
    private static final String GIVE_BACK = PICKED + """
            , given_back AS (
                UPDATE webhook_delivery AS delivery SET lease_until = NULL
                FROM picked WHERE delivery.event_id = picked.event_id AND delivery.endpoint_id = picked.endpoint_id
                RETURNING delivery.workspace_id, delivery.livemode, delivery.endpoint_id, delivery.urgent, delivery.due_at)
            INSERT INTO delivery_hint (workspace_id, livemode, lane_key, urgent, due_at)
            SELECT workspace_id, livemode, endpoint_id, urgent, min(due_at) FROM given_back
            GROUP BY workspace_id, livemode, endpoint_id, urgent
            """;
    // A claim makes one attempt: a second outcome finds the first one already written.
    private static final String END = """
            WITH ended AS (
                SELECT * FROM unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::text[], ?::bigint[], ?::timestamptz[], ?::timestamptz[], ?::text[],
                                     ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::boolean[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                    AS ended (event_id, endpoint_id, generation, status, number, due_at, started_at, outcome,
                              status_code, duration_ms, reply, error, replay, dns_ms, connect_ms, tls_ms, first_byte_ms)),
            picked AS (
                SELECT ended.*
                FROM ended JOIN webhook_delivery AS delivery ON delivery.event_id = ended.event_id
                 AND delivery.endpoint_id = ended.endpoint_id AND delivery.generation = ended.generation
                 AND delivery.attempts = ended.number - 1
                WHERE coalesce(delivery.status = 'scheduled', false)
                ORDER BY delivery.event_id, delivery.endpoint_id FOR UPDATE OF delivery),
            written AS (
                UPDATE webhook_delivery AS delivery
                SET status = picked.status, attempts = picked.number, due_at = coalesce(picked.due_at, delivery.due_at), lease_until = NULL,
                    ended_at = CASE WHEN picked.status <> 'scheduled' THEN clock_timestamp() END
                FROM picked
                WHERE delivery.event_id = picked.event_id AND delivery.endpoint_id = picked.endpoint_id
                RETURNING delivery.id, delivery.event_id, delivery.endpoint_id, delivery.generation, delivery.workspace_id, delivery.livemode,
                          delivery.urgent, delivery.status, delivery.due_at),
            hinted AS (
                INSERT INTO delivery_hint (workspace_id, livemode, lane_key, urgent, due_at)
                SELECT workspace_id, livemode, endpoint_id, urgent, min(due_at) FROM written WHERE status = 'scheduled'
                GROUP BY workspace_id, livemode, endpoint_id, urgent),
            tried AS (
                INSERT INTO webhook_attempt (event_id, endpoint_id, number, workspace_id, livemode, started_at, outcome, status_code, duration_ms,
                                         reply, error, replay, dns_ms, connect_ms, tls_ms, first_byte_ms)
                SELECT picked.event_id, picked.endpoint_id, picked.number, written.workspace_id, written.livemode, picked.started_at,
                       picked.outcome, picked.status_code, picked.duration_ms, picked.reply, picked.error, picked.replay, picked.dns_ms,
                       picked.connect_ms, picked.tls_ms, picked.first_byte_ms
                FROM picked JOIN written USING (event_id, endpoint_id))
            SELECT written.id, written.event_id, written.endpoint_id, written.generation,
                   endpoint.failures > 0 OR endpoint.probing OR endpoint.busy_answers > 0 AS is_failing
            FROM written JOIN webhook_endpoint AS endpoint ON endpoint.id = written.endpoint_id
            """;

    private final Sql sql;

    DeliveryAttemptQueries(Sql sql) {
        this.sql = sql;
    }

    /**
     * What is to be sent, for the claims that still hold.
     *
     * @param shortLease a lease with less time left is marked as short
     * @param map reads a row of the statement's columns
     */
    <T> List<T> take(Collection<DeliveryClaim> claims, Duration shortLease, Instant now, Function<Row, T> map) {
        return sql.of(TAKE, shortLease.toMillis(), now, events(claims), endpoints(claims), generations(claims))
                .list(map);
    }

    /** Renews leases and returns the claims that still held. */
    Set<DeliveryClaim> renew(Collection<DeliveryClaim> claims, Duration lease) {
        return Set.copyOf(sql.of(RENEW, events(claims), endpoints(claims), generations(claims), lease.toMillis())
                .list(DeliveryAttemptQueries::claim));
    }

    void skip(Collection<DeliveryClaim> claims) {
        sql.of(SKIP, events(claims), endpoints(claims), generations(claims)).update();
    }

    /** Gives claims back without an attempt. */
    void giveBack(Collection<DeliveryClaim> claims) {
        sql.of(GIVE_BACK, events(claims), endpoints(claims), generations(claims))
                .update();
    }

    /**
     * An attempt to be recorded.
     *
     * @param status the delivery's status after it
     * @param dueAt when the next attempt is due; null for none
     * @param excerpt null if no answer came
     */
    record Written(
            EndedDeliveryAttempt ended,
            DeliveryStatus status,
            @Nullable Instant dueAt,
            @Nullable String excerpt) {
        DueDelivery delivery() {
            return ended.delivery();
        }

        DeliveryClaim claim() {
            return delivery().claim();
        }

        @Nullable
        Integer statusCode() {
            return ended.reply() instanceof Answered answer ? answer.status() : null;
        }

        @Nullable
        String error() {
            var failure = ended.failure();
            return failure == null ? null : failure.message();
        }

        @Nullable
        Long millis(ToLongFunction<Timing> step) {
            var timing = ended.timing();
            return timing == null ? null : step.applyAsLong(timing);
        }

        /** Null if no head of an answer came. */
        @Nullable
        Long firstByteMillis() {
            var failure = ended.failure();
            var millis = millis(Timing::firstByteMillis);
            return failure != null && millis != null && millis == 0 ? null : millis;
        }
    }

    /** Records attempts. For those whose claim still held, returns whether their endpoint is known to be failing. */
    Map<DeliveryClaim, Boolean> end(List<Written> attempts) {
        return sql
                .of(
                        END,
                        Sql.column(attempts, one -> one.claim().event()),
                        Sql.column(attempts, one -> one.claim().endpoint()),
                        Sql.column(attempts, one -> one.claim().generation()),
                        Sql.column(attempts, one -> one.status().wireName()),
                        Sql.column(attempts, one -> one.delivery().number()),
                        Sql.column(attempts, Written::dueAt),
                        Sql.column(attempts, one -> one.delivery().startedAt()),
                        Sql.column(attempts, one -> one.ended().outcome()),
                        Sql.column(attempts, Written::statusCode),
                        Sql.column(attempts, one -> one.ended().took().toMillis()),
                        Sql.column(attempts, Written::excerpt),
                        Sql.column(attempts, Written::error),
                        Sql.column(attempts, one -> one.delivery().replay()),
                        Sql.column(attempts, one -> one.millis(Timing::dnsMillis)),
                        Sql.column(attempts, one -> one.millis(Timing::connectMillis)),
                        Sql.column(attempts, one -> one.millis(Timing::tlsMillis)),
                        Sql.column(attempts, Written::firstByteMillis))
                .list(row -> Map.entry(claim(row), row.truth("is_failing")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static DeliveryClaim claim(Row row) {
        return new DeliveryClaim(
                row.id("id", WebhookDeliveryId.KIND),
                row.id("event_id", EventId.KIND),
                row.id("endpoint_id", WebhookEndpointId.KIND),
                row.number("generation"));
    }

    private static List<@Nullable Object> events(Collection<DeliveryClaim> claims) {
        return Sql.column(claims, DeliveryClaim::event);
    }

    private static List<@Nullable Object> endpoints(Collection<DeliveryClaim> claims) {
        return Sql.column(claims, DeliveryClaim::endpoint);
    }

    private static List<@Nullable Object> generations(Collection<DeliveryClaim> claims) {
        return Sql.column(claims, DeliveryClaim::generation);
    }
}
