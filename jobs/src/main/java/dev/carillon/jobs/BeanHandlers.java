package dev.carillon.jobs;

import io.micronaut.context.BeanContext;
import org.jobrunr.server.JobActivator;

/** Finds a job's handler among the beans. */
final class BeanHandlers implements JobActivator {
    private final BeanContext beans;

    BeanHandlers(BeanContext beans) {
        this.beans = beans;
    }

    @Override
    public <T> T activateJob(Class<T> type) {
        return beans.getBean(type);
    }
}
