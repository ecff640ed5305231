package dev.carillon.core.webhook.delivery;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.webhook.endpoint.EndpointStatus;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds the receivers of one tenant's events and adds the deliveries, in two round trips however many events and
 * endpoints there are.
 */
@Singleton
class FanOutQueries {
    private static final String ENDPOINTS = """
            SELECT id, events, status FROM webhook_endpoint
            WHERE workspace_id = ? AND livemode = ? AND status <> 'deleted' AND kind = 'endpoint'
            """;
    // Most tenants have no callback, so their posts are not looked up. A key for some accounts may not see a post that
    // now goes to other accounts as well, because of another caller's edit or because an account left its group; the
    // address that the key named therefore receives nothing about it.
    private static final String CALLBACKS = """
            SELECT post.id AS post_id, callback.id, callback.status
            FROM post JOIN webhook_endpoint AS callback ON callback.id = post.callback_endpoint_id
            WHERE post.id = ANY (?::uuid[]) AND callback.status <> 'deleted'
              AND (SELECT EXISTS (SELECT FROM webhook_endpoint
                                  WHERE workspace_id = ? AND livemode = ? AND kind = 'post_callback'))
              AND NOT EXISTS (
                  SELECT FROM api_key AS maker
                  JOIN publication ON publication.post_id = post.id
                  JOIN account ON account.id = publication.account_id
                  LEFT JOIN sandbox_account ON sandbox_account.account_id = account.id
                  LEFT JOIN account AS live ON live.id = sandbox_account.live_account_id
                  WHERE maker.id = coalesce(post.api_key_id, post.live_api_key_id) AND maker.bound
                    AND NOT coalesce(account.id = ANY (maker.account_ids), false)
                    AND NOT coalesce(account.account_group_id = ANY (maker.account_group_ids), false)
                    AND NOT coalesce(live.id = ANY (maker.account_ids), false)
                    AND NOT coalesce(live.account_group_id = ANY (maker.account_group_ids), false))
            """;
    // A person waits for the result of a test, so it is urgent and overtakes whatever delays the endpoint's other
    // deliveries.
    private static final String ADD = """
            WITH added AS (
                INSERT INTO webhook_delivery (event_id, endpoint_id, id, workspace_id, livemode, event_type, status, due_at, ended_at, urgent)
                SELECT wanted.event_id, wanted.endpoint_id, wanted.id, ?, ?, wanted.event_type, wanted.status, ?::timestamptz,
                       CASE WHEN wanted.status = 'skipped' THEN clock_timestamp() END, wanted.event_type = 'webhook_endpoint.test'
                FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[]) AS wanted (event_id, endpoint_id, id, event_type, status)
                ON CONFLICT (event_id, endpoint_id) DO NOTHING
                RETURNING workspace_id, livemode, endpoint_id, status, due_at, urgent)
            INSERT INTO delivery_hint (workspace_id, livemode, lane_key, urgent, due_at)
            SELECT DISTINCT workspace_id, livemode, endpoint_id, urgent, due_at FROM added WHERE status = 'scheduled'
            """;

    private final Sql sql;
    private final Ids ids;

    FanOutQueries(Sql sql, Ids ids) {
        this.sql = sql;
        this.ids = ids;
    }

    /** Where events go, and whether they are currently sent there. */
    record Destination(WebhookEndpointId endpoint, EndpointStatus status) {}

    /** An endpoint that a workspace created, with the patterns of its events. */
    record Subscriber(Destination destination, List<String> patterns) {}

    /** All possible receivers of events: endpoints, and callbacks by post. */
    record ReceiverFactory(List<Subscriber> subscribers, Map<PostId, Destination> callbacks) {}

    /** One event for one endpoint. */
    record NewDelivery(RecordedEvent event, Destination to) {}

    ReceiverFactory receivers(Tenant tenant, Collection<PostId> posts) {
        var subscribers = sql.of(ENDPOINTS, tenant.workspace(), tenant.mode());
        if (posts.isEmpty()) {
            return new ReceiverFactory(subscribers.list(FanOutQueries::subscriber), Map.of());
        }
        var both = subscribers.listWith(
                FanOutQueries::subscriber,
                sql.of(CALLBACKS, posts, tenant.workspace(), tenant.mode()),
                row -> Map.entry(row.id("post_id", PostId.KIND), destination(row)));
        return new ReceiverFactory(
                both.first(), both.second().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /**
     * Existing deliveries stay as they are. Deliveries to a disabled endpoint end at once as skipped; the others are
     * due at {@code dueAt}.
     */
    void add(Tenant tenant, List<NewDelivery> deliveries, Instant dueAt) {
        sql.of(
                        ADD,
                        tenant.workspace(),
                        tenant.mode(),
                        dueAt,
                        Sql.column(deliveries, each -> each.event().id()),
                        Sql.column(deliveries, each -> each.to().endpoint()),
                        Sql.column(deliveries, each -> ids.next(WebhookDeliveryId.KIND)),
                        Sql.column(deliveries, each -> each.event().type()),
                        Sql.column(deliveries, each -> statusOf(each.to()).wireName()))
                .later();
    }

    private static DeliveryStatus statusOf(Destination destination) {
        return destination.status() == EndpointStatus.ENABLED ? DeliveryStatus.SCHEDULED : DeliveryStatus.SKIPPED;
    }

    private static Subscriber subscriber(Row row) {
        return new Subscriber(destination(row), row.texts("events"));
    }

    private static Destination destination(Row row) {
        return new Destination(row.id("id", WebhookEndpointId.KIND), EndpointStatus.named(row.text("status")));
    }
}
