/** Tests of what runs jobs, on real PostgreSQL. */
@NullMarked
package dev.carillon.jobs;

import org.jspecify.annotations.NullMarked;
