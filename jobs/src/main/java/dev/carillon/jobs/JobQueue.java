package dev.carillon.jobs;

import java.util.stream.Stream;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.scheduling.JobRequestScheduler;

/** Where jobs of one role are put. Any process of the role may run them, this one as a rule. */
public final class JobQueue {
    private final JobRequestScheduler scheduler;
    private final WakeHook hook;

    JobQueue(JobRequestScheduler scheduler, WakeHook hook) {
        this.scheduler = scheduler;
        this.hook = hook;
    }

    /**
     * Puts jobs, in one batch with a commit of its own, and wakes this process's server.
     *
     * @throws RuntimeException when the database did not take them; they may have arrived all the same
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
