package dev.carillon.billing;

import org.jobrunr.jobs.lambdas.JobRequest;

/**
 * Reports all waiting usage.
 *
 * @param batch events marked at a time
 */
public record ReportUsageJob(int batch) implements JobRequest {
    @Override
    public Class<ReportUsageHandler> getJobRequestHandler() {
        return ReportUsageHandler.class;
    }
}
