package dev.carillon.worker.publication;

import dev.carillon.jobs.RunningRows;
import dev.carillon.worker.publication.PublishJob.Claim;
import jakarta.inject.Singleton;

/** The publications that this process is publishing. */
@Singleton
public class RunningPublications extends RunningRows<Claim> {}
