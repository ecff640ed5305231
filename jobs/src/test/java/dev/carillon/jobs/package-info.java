/** Tests of the job server and the dispatcher, on real PostgreSQL. */
@NullMarked
package dev.carillon.jobs;

import org.jspecify.annotations.NullMarked;
