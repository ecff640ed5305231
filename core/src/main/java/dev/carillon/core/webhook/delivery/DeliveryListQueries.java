package dev.carillon.core.webhook.delivery;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.TimeCursor;
import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WebhookReplayId;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads deliveries, newest first. A page starts from the condition that only few deliveries can match: those of one
 * event or one post, else those of one endpoint and one type, else those of one endpoint and one status. Each of these
 * parts is read from its own index and the parts are merged, so that a page costs what it shows and not what is
 * filtered out.
 */
@Singleton
class DeliveryListQueries {
    private static final String COLUMNS = """
            delivery.id, delivery.workspace_id, delivery.livemode, delivery.event_id, delivery.event_type, delivery.endpoint_id,
            delivery.status, delivery.attempts, delivery.due_at, delivery.lease_until, delivery.replay_id, delivery.created_at,
            delivery.ended_at""";
    private static final String BY_ID = """
            SELECT %s FROM webhook_delivery AS delivery WHERE id = ? AND workspace_id = ? AND livemode = ?
            """.formatted(COLUMNS);
    private static final String ATTEMPTS = """
            SELECT * FROM webhook_attempt WHERE event_id = ? AND endpoint_id = ? AND workspace_id = ? AND livemode = ?
            ORDER BY number
            """;
    private static final String IN_PARTS = """
            SELECT found.* FROM webhook_endpoint AS owner
            CROSS JOIN unnest(?::text[]) AS part (name)
            CROSS JOIN LATERAL (
                SELECT {columns} FROM webhook_delivery AS delivery
                WHERE delivery.endpoint_id = owner.id AND delivery.{part} = part.name AND {conditions}
                ORDER BY delivery.created_at DESC, delivery.id DESC
                LIMIT ?) AS found
            WHERE owner.workspace_id = ? AND owner.livemode = ? AND owner.kind = 'endpoint' AND owner.status <> 'deleted'
              AND (?::uuid IS NULL OR owner.id = ?::uuid)
            ORDER BY found.created_at DESC, found.id DESC
            LIMIT ?
            """;
    private static final String OF_EVENT = """
            SELECT {columns} FROM webhook_delivery AS delivery
            WHERE delivery.event_id = ? AND {conditions}
            ORDER BY delivery.created_at DESC, delivery.id DESC
            LIMIT ?
            """;
    private static final String OF_POST = """
            SELECT {columns} FROM event JOIN webhook_delivery AS delivery ON delivery.event_id = event.id
            WHERE event.post_id = ? AND event.sequence IS NOT NULL AND {conditions}
            ORDER BY delivery.created_at DESC, delivery.id DESC
            LIMIT ?
            """;
    // A generic plan would not know which partitions these values exclude.
    private static final String PLAN_FOR_THESE_VALUES = """
            SELECT set_config('plan_cache_mode', 'force_custom_plan', true)
            """;

    private final Sql sql;

    DeliveryListQueries(Sql sql) {
        this.sql = sql;
    }

    Optional<Delivery> find(Tenant tenant, WebhookDeliveryId id) {
        return sql.of(BY_ID, id, tenant.workspace(), tenant.mode()).first(DeliveryListQueries::delivery);
    }

    /** All attempts of a delivery, first to last. */
    List<DeliveryAttempt> attempts(Delivery delivery) {
        var tenant = delivery.tenant();
        return sql.of(ATTEMPTS, delivery.event(), delivery.endpoint(), tenant.workspace(), tenant.mode())
                .list(DeliveryListQueries::attemptOf);
    }

    /**
     * The deliveries that pass the filter.
     *
     * @param endpoint only deliveries to this one; null for all existing endpoints. Deliveries to a post's own address,
     *     or to an endpoint that has since been deleted, are found only by their event or post
     */
    List<Delivery> list(
            Tenant tenant,
            DeliveryFilter filter,
            @Nullable WebhookEndpointId endpoint,
            @Nullable TimeCursor after,
            int limit) {
        sql.of(PLAN_FOR_THESE_VALUES).later();
        var conditions = new DeliveryConditions(tenant, filter, after);
        if (filter.event() != null || filter.post() != null) {
            conditions.to(endpoint).withStatusOf(filter).withTypeOf(filter);
            return ofLittle(filter, conditions, limit);
        }
        var types = filter.narrowedTypes();
        boolean byType = !types.isEmpty();
        if (byType) {
            conditions.withStatusOf(filter);
        }
        return run(
                IN_PARTS.replace("{part}", byType ? "event_type" : "status"),
                byType ? types : filter.statusNames(),
                conditions,
                limit,
                tenant.workspace(),
                tenant.mode(),
                endpoint,
                endpoint,
                limit);
    }

    private List<Delivery> ofLittle(DeliveryFilter filter, DeliveryConditions conditions, int limit) {
        if (filter.event() == null) {
            return run(OF_POST, String.valueOf(filter.post()), conditions, limit);
        }
        if (filter.post() != null) {
            conditions.add(
                    "EXISTS (SELECT FROM event WHERE event.id = delivery.event_id AND event.post_id = ?)",
                    filter.post().toString());
        }
        return run(OF_EVENT, filter.event(), conditions, limit);
    }

    private List<Delivery> run(
            String statement, Object first, DeliveryConditions conditions, @Nullable Object... behind) {
        var values = new ArrayList<@Nullable Object>();
        values.add(first);
        values.addAll(conditions.values());
        values.addAll(Arrays.asList(behind));
        return sql.of(
                        statement.replace("{columns}", COLUMNS).replace("{conditions}", conditions.text()),
                        values.toArray())
                .list(DeliveryListQueries::delivery);
    }

    static Delivery delivery(Row row) {
        var status = DeliveryStatus.named(row.text("status"));
        boolean waits = status == DeliveryStatus.SCHEDULED && row.instantOrNull("lease_until") == null;
        Instant due = row.instant("due_at");
        return new Delivery(
                row.id("id", WebhookDeliveryId.KIND),
                new Tenant(row.id("workspace_id", WorkspaceId.KIND), row.mode()),
                row.id("event_id", EventId.KIND),
                row.text("event_type"),
                row.id("endpoint_id", WebhookEndpointId.KIND),
                status,
                row.integer("attempts"),
                waits ? due : null,
                row.idOrNull("replay_id", WebhookReplayId.KIND),
                row.instant("created_at"),
                row.instantOrNull("ended_at"));
    }

    private static DeliveryAttempt attemptOf(Row row) {
        return new DeliveryAttempt(
                row.integer("number"),
                row.instant("started_at"),
                row.text("outcome"),
                row.integerOrNull("status_code"),
                row.integer("duration_ms"),
                new DeliveryAttempt.Timing(
                        row.integerOrNull("dns_ms"),
                        row.integerOrNull("connect_ms"),
                        row.integerOrNull("tls_ms"),
                        row.integerOrNull("first_byte_ms")),
                row.textOrNull("error"),
                row.textOrNull("reply"),
                row.truth("replay"));
    }
}
