package dev.carillon.api.job;

import dev.carillon.api.access.FromKey;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.input.PageLimit;
import dev.carillon.api.input.QueryValues;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.job.Job;
import dev.carillon.core.job.JobFilter;
import dev.carillon.core.job.JobService;
import dev.carillon.core.kernel.AccountId;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The work in progress. */
@Controller("/v1/jobs")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "jobs")
class JobController {
    private final JobService jobs;

    JobController(JobService jobs) {
        this.jobs = jobs;
    }

    /**
     * List publications that are due or in progress. The longest overdue come first. Needs the scope logs.read.
     *
     * @param accountId only jobs of this account
     * @param status only jobs that are waiting, claimed or running
     * @param limit the number of entries to return, 1 to 100; 20 by default
     * @param cursor the next_cursor of the previous page
     */
    @Get
    ListResponse<JobResponse> listJobs(
            @FromKey Actor actor,
            @QueryValue("account_id") @Nullable String accountId,
            @QueryValue @Nullable String status,
            @QueryValue @PageLimit @Nullable String limit,
            @QueryValue @Nullable String cursor) {
        var filter = new JobFilter(
                QueryValues.id("account_id", accountId, AccountId.KIND),
                QueryValues.oneOf("status", status, Job.Status.values(), Job.Status::wireName));
        boolean livemode = actor.mode().livemode();
        return ListResponse.of(
                jobs.list(actor, filter, QueryValues.page(limit, cursor)), job -> JobResponse.of(job, livemode));
    }
}
