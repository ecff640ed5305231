package dev.carillon.core.job;

import dev.carillon.core.kernel.AccountId;
import org.jspecify.annotations.Nullable;

/** Filters for jobs; null means all. */
public record JobFilter(@Nullable AccountId account, Job.@Nullable Status status) {}
