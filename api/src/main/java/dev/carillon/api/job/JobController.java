package dev.carillon.api.job;

import dev.carillon.api.apikey.FromKey;
import dev.carillon.api.http.ListResponse;
import dev.carillon.api.http.PageLimit;
import dev.carillon.api.http.QueryValues;
import dev.carillon.core.apikey.Actor;
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

/** What Carillon is working on. */
@Controller("/v1/jobs")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "jobs")
class JobController {
    private final JobService jobs;

    JobController(JobService jobs) {
        this.jobs = jobs;
    }

    /**
     * Lists publications that are being worked on or are due, those first that are due the longest. Needs the scope logs.read.
     *
     * @param accountId only those of this account
     * @param status only those that are waiting, claimed or running
     * @param limit how many, 1 to 100; 20 where it is left out
     * @param cursor next_cursor of the part before
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
