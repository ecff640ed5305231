package dev.carillon.jobs;

import java.util.stream.Stream;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.scheduling.JobRequestScheduler;

/** Enqueues jobs of one role. Any process of the role may run them; usually this one does. */
public final class JobQueue {
    private final JobRequestScheduler scheduler;
    private final WakeHook hook;

    JobQueue(JobRequestScheduler scheduler, WakeHook hook) {
        this.scheduler = scheduler;
        this.hook = hook;
    }

    /**
     * Enqueues jobs, in one batch that commits by itself, and wakes this process's server.
     *
     * @throws RuntimeException if the database did not confirm them; they may have been stored nevertheless
     */
    public void enqueue(Stream<? extends JobRequest> jobs) {
        scheduler.enqueue(jobs);
        hook.wake();
    }

    /** Makes this process's server look for jobs. Returns at once. */
    public void wake() {
        hook.wake();
    }
}
