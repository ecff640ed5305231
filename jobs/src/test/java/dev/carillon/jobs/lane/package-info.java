/** Tests of the lane engine, on real PostgreSQL. */
@NullMarked
package dev.carillon.jobs.lane;

import org.jspecify.annotations.NullMarked;
