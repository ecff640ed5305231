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

/** Billable facts, each written in the transaction of what it counts, at most one per publication and meter. */
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

    /** Counts it; a second time changes nothing. */
    public void count(Counted counted) {
        queries.add(ids.next(MeterEventId.KIND), Meter.PUBLICATIONS, counted);
    }

    /** One billable fact that the biller has not been told. */
    public record Unreported(
            PublicationId publication, WorkspaceId workspace, String meter, long quantity, Instant at) {
        /** Derives from the publication, so that the biller drops a double. */
        public String identifier() {
            return meter + ":" + publication;
        }

        static Unreported of(Row row) {
            return new Unreported(
                    row.id("publication_id", PublicationId.KIND),
                    row.id("workspace_id", WorkspaceId.KIND),
                    row.text("meter"),
                    row.integer("quantity"),
                    row.instant("occurred_at"));
        }
    }

    /** Live facts that wait to be reported, oldest first. Test mode is never reported. */
    public List<Unreported> unreported(int limit) {
        return queries.unreported(limit);
    }

    public void markReported(Unreported event) {
        queries.markReported(event);
    }
}
