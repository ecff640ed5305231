package dev.carillon.worker.publication;

import dev.carillon.core.publication.Claim;
import dev.carillon.jobs.RunningRows;
import jakarta.inject.Singleton;

/** The publications that this process is publishing. */
@Singleton
public class RunningPublications extends RunningRows<Claim> {}
