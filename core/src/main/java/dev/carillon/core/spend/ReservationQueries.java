package dev.carillon.core.spend;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Money;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Holds a publication's cost from acceptance to outcome. Each call joins the transaction of the fact that it belongs to. */
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
    // What is found by ids has its state tested inside a coalesce, here and in other features, because the planner
    // assumes nothing of that. Statistics of a table that is nearly all past say that next to nothing is open, and it
    // would rather go through all that is.
    private static final String CLOSE = """
            UPDATE spend_reservation AS held SET state = ?, closed_at = ended.at
            FROM unnest(?::uuid[], ?::timestamptz[]) AS ended (publication_id, at)
            WHERE held.publication_id = ended.publication_id AND coalesce(held.state = 'reserved', false)
            """;

    private final Sql sql;

    public ReservationQueries(Sql sql) {
        this.sql = sql;
    }

    public void reserve(PublicationId publication, Tenant tenant, Money cost, Instant now) {
        sql.of(RESERVE, publication, tenant.workspace(), tenant.mode(), cost.amountMicros(), cost.currency(), now)
                .update();
    }

    /** It is to be published after all: what was released, or never held, is held. */
    public void reserveAgain(PublicationId publication, Tenant tenant, Money cost, Instant now) {
        sql.of(RESERVE_AGAIN, publication, tenant.workspace(), tenant.mode(), cost.amountMicros(), cost.currency(), now)
                .update();
    }

    /** Holds this much, however much was held before. */
    public void hold(PublicationId publication, Tenant tenant, Money cost, Instant now) {
        sql.of(HOLD, publication, tenant.workspace(), tenant.mode(), cost.amountMicros(), cost.currency(), now)
                .update();
    }

    /** Whether any of them ever had a cost held. */
    public boolean everHeld(Collection<PublicationId> publications) {
        return sql.of(EVER_HELD, publications).one(row -> row.truth("held"));
    }

    /** They will never have been: nothing was spent on them, and nothing is held any more. */
    public void forget(Collection<PublicationId> publications) {
        sql.of(FORGET, publications).update();
    }

    /** They were published: the money is spent. */
    public void settle(Map<PublicationId, Instant> published) {
        close("settled", published);
    }

    /** They will not be published: the money is free again. */
    public void release(Map<PublicationId, Instant> ended) {
        close("released", ended);
    }

    private void close(String state, Map<PublicationId, Instant> ended) {
        if (!ended.isEmpty()) {
            sql.of(CLOSE, state, ended.keySet(), ended.values()).update();
        }
    }
}
