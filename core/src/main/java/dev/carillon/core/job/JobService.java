package dev.carillon.core.job;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.TimeCursor;
import jakarta.inject.Singleton;

/** Shows which work is in progress. */
@Singleton
public class JobService {
    private final Transactions transactions;
    private final JobQueries queries;
    private final Clocks clocks;

    JobService(Transactions transactions, JobQueries queries, Clocks clocks) {
        this.transactions = transactions;
        this.queries = queries;
        this.clocks = clocks;
    }

    /** Publications that are being worked on or are due, longest due first. */
    public Page<Job> list(Actor actor, JobFilter filter, PageRequest page) {
        actor.require(Scope.LOGS_READ);
        var after = TimeCursor.of(page);
        return transactions.inWorkspace(actor, () -> {
            var now = clocks.now(actor.workspace(), actor.mode());
            var found = queries.list(actor.tenant(), filter, now, after, page.limit() + 1);
            return Page.of(found, page.limit(), JobService::cursorOf);
        });
    }

    private static String cursorOf(Job job) {
        return new TimeCursor(job.dueAt(), job.publication().value().toString()).toString();
    }
}
