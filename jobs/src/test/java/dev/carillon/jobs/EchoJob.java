package dev.carillon.jobs;

import java.util.List;
import java.util.UUID;
import org.jobrunr.jobs.lambdas.JobRequest;

/** A job as users of this module write it: a record with lists of plain values. */
public record EchoJob(String kind, List<UUID> ids, List<Row> rows) implements JobRequest {
    /** A row with its generation. */
    public record Row(UUID id, long generation) {}

    static EchoJob of(String kind) {
        return new EchoJob(kind, List.of(), List.of());
    }

    @Override
    public Class<EchoHandler> getJobRequestHandler() {
        return EchoHandler.class;
    }
}
