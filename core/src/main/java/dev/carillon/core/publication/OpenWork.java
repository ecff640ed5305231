package dev.carillon.core.publication;

import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What workers have to do for a tenant: attempts, retries, polls, look-ups and checks. */
@Singleton
public class OpenWork {
    private final OpenWorkQueries queries;

    OpenWork(OpenWorkQueries queries) {
        this.queries = queries;
    }

    /**
     * What comes next.
     *
     * @param inHand whether a process has something of it in hand now
     * @param due business time at which the first of what nobody has in hand wants attention; null when there is nothing
     */
    public record Next(boolean inHand, @Nullable Instant due) {}

    /** Joins the open transaction, which reaches the tenant's rows and its lanes. */
    public Next next(Tenant tenant) {
        return queries.next(tenant);
    }
}
