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

@Singleton
class MeterQueries {
    private static final String ADD = """
            INSERT INTO meter_event (publication_id, meter, id, workspace_id, livemode, account_id, api_key_id, platform,
                                     quantity, amount_micros, currency, occurred_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)
            ON CONFLICT (publication_id, meter) DO NOTHING
            """;
    private static final String UNREPORTED = """
            SELECT publication_id, workspace_id, meter, quantity, occurred_at FROM meter_event
            WHERE reported_at IS NULL AND livemode
            ORDER BY occurred_at
            LIMIT ?
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

    void add(MeterEventId id, Meter meter, Counted counted) {
        sql.of(
                        ADD,
                        counted.publication(),
                        meter.wireName(),
                        id,
                        counted.tenant().workspace(),
                        counted.tenant().mode(),
                        counted.account(),
                        counted.apiKey(),
                        counted.platform().wireName(),
                        counted.cost().amountMicros(),
                        counted.cost().currency(),
                        counted.at())
                .update();
    }

    List<Unreported> unreported(int limit) {
        return sql.of(UNREPORTED, limit).list(Unreported::of);
    }

    void markReported(Unreported event) {
        sql.of(MARK_REPORTED, event.publication(), event.meter()).update();
    }

    <T> List<T> report(Tenant tenant, UsageGroup group, Instant from, Instant to, Function<Row, T> map) {
        // The grouped column is one of a closed set, written by UsageGroup and never by a caller.
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
