-- The tables of JobRunr 8.7.0, in a schema for each role that runs jobs, because a JobRunr server can run only jobs that it has a handler for.
-- The index on state alone that JobRunr's own schema has is left out: with stale statistics the planner prefers it and sorts the whole queue.
DO $$
DECLARE
    place text;
BEGIN
    FOREACH place IN ARRAY ARRAY ['worker_jobs', 'dispatch_jobs', 'billing_jobs'] LOOP
        EXECUTE format($ddl$
            CREATE SCHEMA %1$I;
            CREATE TABLE %1$I.jobrunr_migrations (
                id nchar(36) PRIMARY KEY,
                script varchar(64) NOT NULL,
                installedOn varchar(29) NOT NULL
            );
            CREATE TABLE %1$I.jobrunr_jobs (
                id nchar(36) PRIMARY KEY,
                version int NOT NULL,
                jobAsJson text NOT NULL,
                jobSignature varchar(512) NOT NULL,
                state varchar(36) NOT NULL,
                createdAt timestamp NOT NULL,
                updatedAt timestamp NOT NULL,
                scheduledAt timestamp,
                recurringJobId varchar(128)
            ) WITH (fillfactor = 70, autovacuum_analyze_threshold = 2000, autovacuum_analyze_scale_factor = 0,
                    autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000);
            CREATE INDEX jobrunr_job_signature_idx ON %1$I.jobrunr_jobs (jobSignature);
            CREATE INDEX jobrunr_job_created_at_idx ON %1$I.jobrunr_jobs (createdAt);
            CREATE INDEX jobrunr_job_scheduled_at_idx ON %1$I.jobrunr_jobs (scheduledAt);
            CREATE INDEX jobrunr_job_rci_idx ON %1$I.jobrunr_jobs (recurringJobId);
            CREATE INDEX jobrunr_jobs_state_updated_idx ON %1$I.jobrunr_jobs (state, updatedAt);
            CREATE TABLE %1$I.jobrunr_recurring_jobs (
                id nchar(128) PRIMARY KEY,
                version int NOT NULL,
                jobAsJson text NOT NULL,
                createdAt bigint NOT NULL DEFAULT 0
            );
            CREATE INDEX jobrunr_recurring_job_created_at_idx ON %1$I.jobrunr_recurring_jobs (createdAt);
            CREATE TABLE %1$I.jobrunr_backgroundjobservers (
                id nchar(36) PRIMARY KEY,
                workerPoolSize int NOT NULL,
                pollIntervalInSeconds int NOT NULL,
                firstHeartbeat timestamp(6) NOT NULL,
                lastHeartbeat timestamp(6) NOT NULL,
                running int NOT NULL,
                systemTotalMemory bigint NOT NULL,
                systemFreeMemory bigint NOT NULL,
                systemCpuLoad numeric(3, 2) NOT NULL,
                processMaxMemory bigint NOT NULL,
                processFreeMemory bigint NOT NULL,
                processAllocatedMemory bigint NOT NULL,
                processCpuLoad numeric(3, 2) NOT NULL,
                deleteSucceededJobsAfter varchar(32),
                permanentlyDeleteJobsAfter varchar(32),
                name varchar(128)
            );
            CREATE INDEX jobrunr_bgjobsrvrs_fsthb_idx ON %1$I.jobrunr_backgroundjobservers (firstHeartbeat);
            CREATE INDEX jobrunr_bgjobsrvrs_lsthb_idx ON %1$I.jobrunr_backgroundjobservers (lastHeartbeat);
            CREATE TABLE %1$I.jobrunr_metadata (
                id varchar(156) PRIMARY KEY,
                name varchar(92) NOT NULL,
                owner varchar(64) NOT NULL,
                value text NOT NULL,
                createdAt timestamp NOT NULL,
                updatedAt timestamp NOT NULL
            );
            INSERT INTO %1$I.jobrunr_metadata (id, name, owner, value, createdAt, updatedAt)
            VALUES ('succeeded-jobs-counter-cluster', 'succeeded-jobs-counter', 'cluster', '0', current_timestamp, current_timestamp);
            CREATE VIEW %1$I.jobrunr_jobs_stats AS
            WITH per_state AS (SELECT state, count(*) AS jobs FROM %1$I.jobrunr_jobs GROUP BY state)
            SELECT coalesce((SELECT sum(jobs) FROM per_state), 0) AS total,
                   coalesce((SELECT jobs FROM per_state WHERE state = 'AWAITING'), 0) AS awaiting,
                   coalesce((SELECT jobs FROM per_state WHERE state = 'SCHEDULED'), 0) AS scheduled,
                   coalesce((SELECT jobs FROM per_state WHERE state = 'ENQUEUED'), 0) AS enqueued,
                   coalesce((SELECT jobs FROM per_state WHERE state = 'PROCESSING'), 0) AS processing,
                   coalesce((SELECT jobs FROM per_state WHERE state = 'PROCESSED'), 0) AS processed,
                   coalesce((SELECT jobs FROM per_state WHERE state = 'FAILED'), 0) AS failed,
                   coalesce((SELECT jobs FROM per_state WHERE state = 'SUCCEEDED'), 0) AS succeeded,
                   coalesce((SELECT value::decimal(10, 0) FROM %1$I.jobrunr_metadata
                             WHERE id = 'succeeded-jobs-counter-cluster'), 0) AS allTimeSucceeded,
                   coalesce((SELECT jobs FROM per_state WHERE state = 'DELETED'), 0) AS deleted,
                   (SELECT count(*) FROM %1$I.jobrunr_backgroundjobservers) AS nbrOfBackgroundJobServers,
                   (SELECT count(*) FROM %1$I.jobrunr_recurring_jobs) AS nbrOfRecurringJobs;
            GRANT USAGE ON SCHEMA %1$I TO carillon_dispatch;
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %1$I TO carillon_dispatch;
        $ddl$, place);
    END LOOP;
END $$;
