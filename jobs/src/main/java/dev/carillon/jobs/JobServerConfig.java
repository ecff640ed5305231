package dev.carillon.jobs;

import java.time.Duration;

/**
 * How the jobs of one role are run.
 *
 * @param name the role, for threads and logs
 * @param schema the schema of the role's own JobRunr tables
 * @param workers the most jobs that run at the same time
 * @param stopWithin how long a stop waits for running jobs before it interrupts them
 */
public record JobServerConfig(String name, String schema, int workers, Duration stopWithin) {
    public static final JobServerConfig WORKER = of("worker", "worker_jobs");
    public static final JobServerConfig DISPATCH = of("dispatch", "dispatch_jobs");
    public static final JobServerConfig BILLING = of("billing", "billing_jobs");

    private static JobServerConfig of(String name, String schema) {
        return new JobServerConfig(name, schema, 64, Duration.ofSeconds(10));
    }
}
