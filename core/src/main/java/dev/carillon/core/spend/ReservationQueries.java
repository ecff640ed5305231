package dev.carillon.core.spend;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Money;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds a publication's cost from its acceptance to its outcome. Each call joins the transaction of the fact that it
 * belongs to.
 */
@Singleton
public class ReservationQueries {
    private static final String RESERVE = """
            INSERT INTO spend_reservation (publication_id, workspace_id, livemode, amount_micros, currency, state, reserved_at)
            VALUES (?, ?, ?, ?, ?, 'reserved', ?)
            """;
    private static final String RESERVE_AGAIN = """
            INSERT INTO spend_reservation (publication_id, workspace_id, livemode, amount_micros, currency, state, reserved_at)
            VALUES (?, ?, ?, ?, ?, 'reserved', ?)
            ON CONFLICT (publication_id) DO UPDATE SET state = 'reserved', reserved_at = excluded.reserved_at, closed_at = NULL
            WHERE spend_reservation.state = 'released'
            """;
    private static final String HOLD = """
            INSERT INTO spend_reservation (publication_id, workspace_id, livemode, amount_micros, currency, state, reserved_at)
            VALUES (?, ?, ?, ?, ?, 'reserved', ?)
            ON CONFLICT (publication_id) DO UPDATE
            SET state = 'reserved', amount_micros = excluded.amount_micros, currency = excluded.currency,
                reserved_at = excluded.reserved_at, closed_at = NULL
            WHERE spend_reservation.state <> 'settled'
            """;
    private static final String FORGET = """
            DELETE FROM spend_reservation WHERE publication_id = ANY (?::uuid[]) AND state <> 'settled'
            """;
    private static final String EVER_HELD = """
            SELECT EXISTS (SELECT FROM spend_reservation WHERE publication_id = ANY (?::uuid[])) AS held
            """;
    // Where rows are found by ids, their state is tested inside a coalesce, here and in other features, because the
    // planner has no statistics for that expression. Nearly all rows of the table are closed, so the statistics say
    // that almost none are open, and the planner would prefer to scan all open rows.
    private static final String CLOSE = """
            UPDATE spend_reservation AS held SET state = ?, closed_at = ended.at
            FROM unnest(?::uuid[], ?::timestamptz[]) AS ended (publication_id, at)
            WHERE held.publication_id = ended.publication_id AND coalesce(held.state = 'reserved', false)
            """;

    private final Sql sql;

    public ReservationQueries(Sql sql) {
        this.sql = sql;
    }

    /** A publication and its cost. */
    public record Held(PublicationId publication, Tenant tenant, Money cost) {}

    public void reserve(List<Held> all, Instant now) {
        sql.batchLater(
                RESERVE,
                all.stream()
                        .map(each -> new @Nullable Object[] {
                            each.publication(),
                            each.tenant().workspace(),
                            each.tenant().mode(),
                            each.cost().amountMicros(),
                            each.cost().currency(),
                            now
                        })
                        .toList());
    }

    /** For a publication that is to be published after all: holds a cost that was released or never held. */
    public void reserveAgain(PublicationId publication, Tenant tenant, Money cost, Instant now) {
        sql.of(RESERVE_AGAIN, publication, tenant.workspace(), tenant.mode(), cost.amountMicros(), cost.currency(), now)
                .update();
    }

    /** Holds this cost, whatever was held before. */
    public void hold(PublicationId publication, Tenant tenant, Money cost, Instant now) {
        sql.of(HOLD, publication, tenant.workspace(), tenant.mode(), cost.amountMicros(), cost.currency(), now)
                .update();
    }

    /** Whether any of them ever had a cost held. */
    public boolean everHeld(Collection<PublicationId> publications) {
        return sql.of(EVER_HELD, publications).one(row -> row.truth("held"));
    }

    /** Deletes the reservations of publications that are removed: nothing was spent on them, and nothing stays held. */
    public void forget(Collection<PublicationId> publications) {
        sql.of(FORGET, publications).update();
    }

    /** For published publications: their cost is spent. */
    public void settle(Map<PublicationId, Instant> published) {
        close("settled", published);
    }

    /** For publications that will not be published: their cost is no longer held. */
    public void release(Map<PublicationId, Instant> ended) {
        close("released", ended);
    }

    private void close(String state, Map<PublicationId, Instant> ended) {
        if (!ended.isEmpty()) {
            sql.of(CLOSE, state, ended.keySet(), ended.values()).update();
        }
    }
}
