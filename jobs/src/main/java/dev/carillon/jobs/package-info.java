/** From due rows to running jobs: the dispatcher, JobRunr wired by hand, attempts in groups, ticks. */
@NullMarked
package dev.carillon.jobs;

import org.jspecify.annotations.NullMarked;
