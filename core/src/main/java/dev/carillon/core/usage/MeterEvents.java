package dev.carillon.core.usage;

import dev.carillon.core.database.Row;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.MeterEventId;
import dev.carillon.core.kernel.Money;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.platform.Platform;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Billable facts, each written in the transaction of the fact that it counts, at most one per publication and meter.
 */
@Singleton
public class MeterEvents {
    private final MeterQueries queries;
    private final Ids ids;

    MeterEvents(MeterQueries queries, Ids ids) {
        this.queries = queries;
        this.ids = ids;
    }

    /** One published publication, and what it cost. */
    public record Counted(
            PublicationId publication,
            Tenant tenant,
            AccountId account,
            @Nullable ApiKeyId apiKey,
            Platform platform,
            Money cost,
            Instant at) {}

    /** Counts each of them once; counting one again changes nothing. */
    public void count(List<Counted> counted) {
        if (!counted.isEmpty()) {
            queries.add(Meter.PUBLICATIONS, counted, () -> ids.next(MeterEventId.KIND));
        }
    }

    /**
     * One billable fact that has not been reported to the biller.
     *
     * @param customer the biller's id of the customer who pays
     * @param reportedBefore whether it was reported before without a known outcome
     */
    public record Unreported(
            PublicationId publication,
            WorkspaceId workspace,
            String customer,
            String meter,
            long quantity,
            Instant at,
            boolean reportedBefore) {
        /** Derived from the publication, so that the biller drops duplicates. */
        public String identifier() {
            return meter + ":" + publication;
        }

        static Unreported of(Row row) {
            return new Unreported(
                    row.id("publication_id", PublicationId.KIND),
                    row.id("workspace_id", WorkspaceId.KIND),
                    row.text("stripe_customer_id"),
                    row.text("meter"),
                    row.integer("quantity"),
                    row.instant("occurred_at"),
                    row.truth("reported_before"));
        }
    }

    /**
     * Marks live facts that wait to be reported and returns them, oldest first. Facts of test mode are never reported.
     * Facts of a workspace without a customer wait. So do facts that were first reported, without a known outcome,
     * longer ago than the biller remembers identifiers.
     *
     * @param after the last fact of the previous page; null for the first page
     */
    public List<Unreported> startReporting(@Nullable Unreported after, int limit) {
        return queries.startReporting(after, limit);
    }

    /** Whether {@link #startReporting} would find any facts. */
    public boolean anythingToReport() {
        return queries.anythingToReport();
    }

    /** Records that the biller has accepted this fact. */
    public void markReported(Unreported event) {
        queries.markReported(event);
    }

    /**
     * Records that the biller certainly did not accept this report: removes the mark, unless an earlier report has an
     * unknown outcome.
     */
    public void markNotTaken(Unreported event) {
        if (!event.reportedBefore()) {
            queries.markNotTaken(event);
        }
    }
}
