package dev.carillon.core.spend;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.Money;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Holds a publication's cost from acceptance to outcome. Each call joins the transaction of the fact that it belongs to. */
@Singleton
public class ReservationQueries {
    private static final String RESERVE = """
            INSERT INTO spend_reservation (publication_id, workspace_id, livemode, amount_micros, currency, state, reserved_at)
            VALUES (?, ?, ?, ?, ?, 'reserved', ?)
            """;
    private static final String CLOSE = """
            UPDATE spend_reservation SET state = ?, closed_at = ? WHERE publication_id = ? AND state = 'reserved'
            """;

    private final Sql sql;

    public ReservationQueries(Sql sql) {
        this.sql = sql;
    }

    public void reserve(PublicationId publication, Tenant tenant, Money cost, Instant now) {
        sql.of(RESERVE, publication, tenant.workspace(), tenant.mode(), cost.amountMicros(), cost.currency(), now)
                .update();
    }

    /** It was published: the money is spent. */
    public void settle(PublicationId publication, Instant now) {
        sql.of(CLOSE, "settled", now, publication).update();
    }

    /** It will never be published: the money is free again. */
    public void release(PublicationId publication, Instant now) {
        sql.of(CLOSE, "released", now, publication).update();
    }
}
