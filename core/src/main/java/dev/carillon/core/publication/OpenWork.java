package dev.carillon.core.publication;

import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A tenant's open work: attempts, retries, polls, look-ups and checks. */
@Singleton
public class OpenWork {
    private final OpenWorkQueries queries;

    OpenWork(OpenWorkQueries queries) {
        this.queries = queries;
    }

    /**
     * The next piece of open work.
     *
     * @param inHand whether a process is working on some of it now
     * @param due business time at which the first piece that no process is working on is due; null if there is none
     */
    public record Next(boolean inHand, @Nullable Instant due) {}

    /** Joins the open transaction, which must have access to the tenant's rows and lanes. */
    public Next next(Tenant tenant) {
        return queries.next(tenant);
    }
}
