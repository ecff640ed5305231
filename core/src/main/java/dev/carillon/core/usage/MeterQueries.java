package dev.carillon.core.usage;

import dev.carillon.core.database.Row;
import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.MeterEventId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.usage.MeterEvents.Counted;
import dev.carillon.core.usage.MeterEvents.Unreported;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

@Singleton
class MeterQueries {
    private static final String ADD = """
            INSERT INTO meter_event (publication_id, meter, id, workspace_id, livemode, account_id, api_key_id, platform,
                                     quantity, amount_micros, currency, occurred_at)
            SELECT publication_id, ?, id, workspace_id, livemode, account_id, api_key_id, platform, 1, amount_micros, currency, occurred_at
            FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::boolean[], ?::uuid[], ?::uuid[], ?::text[], ?::bigint[], ?::text[],
                        ?::timestamptz[])
                AS counted (publication_id, id, workspace_id, livemode, account_id, api_key_id, platform, amount_micros, currency,
                            occurred_at)
            ON CONFLICT (publication_id, meter) DO NOTHING
            """;
    // 20 hours: Stripe recognizes duplicates by their identifier for at least 24 hours.
    private static final String REPORTABLE = """
            FROM meter_event AS event JOIN workspace ON workspace.id = event.workspace_id
            WHERE event.reported_at IS NULL AND event.livemode AND workspace.stripe_customer_id IS NOT NULL
              AND (event.report_started_at IS NULL OR event.report_started_at > clock_timestamp() - interval '20 hours')
            """;
    private static final String ANYTHING_TO_REPORT = "SELECT EXISTS (SELECT %s) AS found".formatted(REPORTABLE);
    private static final String START_REPORTING = """
            WITH page AS (
                SELECT event.publication_id, event.meter, workspace.stripe_customer_id,
                       event.report_started_at IS NOT NULL AS reported_before
                %s  AND (?::timestamptz IS NULL OR (event.occurred_at, event.publication_id) > (?::timestamptz, ?::uuid))
                ORDER BY event.occurred_at, event.publication_id
                LIMIT ?),
            marked AS (
                UPDATE meter_event AS event SET report_started_at = coalesce(report_started_at, clock_timestamp())
                FROM page WHERE event.publication_id = page.publication_id AND event.meter = page.meter
                RETURNING event.*, page.stripe_customer_id, page.reported_before)
            SELECT * FROM marked ORDER BY occurred_at, publication_id
            """.formatted(REPORTABLE);
    private static final String MARK_NOT_TAKEN = """
            UPDATE meter_event SET report_started_at = NULL WHERE publication_id = ? AND meter = ? AND reported_at IS NULL
            """;
    private static final String MARK_REPORTED = """
            UPDATE meter_event SET reported_at = clock_timestamp() WHERE publication_id = ? AND meter = ?
            """;
    private static final String RESERVED = """
            SELECT coalesce(sum(amount_micros), 0)::bigint AS amount_micros FROM spend_reservation
            WHERE workspace_id = ? AND livemode = ? AND state = 'reserved' AND currency = 'usd'
            """;

    private final Sql sql;

    MeterQueries(Sql sql) {
        this.sql = sql;
    }

    void add(Meter meter, List<Counted> counted, Supplier<MeterEventId> ids) {
        sql.of(
                        ADD,
                        meter.wireName(),
                        Sql.column(counted, Counted::publication),
                        Sql.column(counted, one -> ids.get()),
                        Sql.column(counted, one -> one.tenant().workspace()),
                        Sql.column(counted, one -> one.tenant().mode()),
                        Sql.column(counted, Counted::account),
                        Sql.column(counted, Counted::apiKey),
                        Sql.column(counted, one -> one.platform().wireName()),
                        Sql.column(counted, one -> one.cost().amountMicros()),
                        Sql.column(counted, one -> one.cost().currency()),
                        Sql.column(counted, Counted::at))
                .update();
    }

    boolean anythingToReport() {
        return sql.of(ANYTHING_TO_REPORT).one(row -> row.truth("found"));
    }

    List<Unreported> startReporting(@Nullable Unreported after, int limit) {
        var at = after == null ? null : after.at();
        var publication = after == null ? null : after.publication();
        return sql.of(START_REPORTING, at, at, publication, limit).list(Unreported::of);
    }

    void markNotTaken(Unreported event) {
        sql.of(MARK_NOT_TAKEN, event.publication(), event.meter()).update();
    }

    void markReported(Unreported event) {
        sql.of(MARK_REPORTED, event.publication(), event.meter()).update();
    }

    <T> List<T> report(Tenant tenant, UsageGroup group, Instant from, Instant to, Function<Row, T> map) {
        // The grouped column is one of a closed set that UsageGroup defines; it never comes from a caller.
        var statement = """
                SELECT %s AS grouped, currency, sum(quantity)::bigint AS quantity, sum(amount_micros)::bigint AS amount_micros
                FROM meter_event
                WHERE workspace_id = ? AND livemode = ? AND occurred_at >= ? AND occurred_at < ?
                GROUP BY 1, 2
                ORDER BY 1, 2
                """.formatted(group.expression());
        return sql.of(statement, tenant.workspace(), tenant.mode(), from, to).list(map);
    }

    long reservedUsdMicros(Tenant tenant) {
        return sql.of(RESERVED, tenant.workspace(), tenant.mode()).one(row -> row.number("amount_micros"));
    }
}
