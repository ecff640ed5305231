package dev.carillon.core.job;

import dev.carillon.core.kernel.AccountId;
import org.jspecify.annotations.Nullable;

/** Which jobs are wanted; what is null is not asked about. */
public record JobFilter(@Nullable AccountId account, Job.@Nullable Status status) {}
