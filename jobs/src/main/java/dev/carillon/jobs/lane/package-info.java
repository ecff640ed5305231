/** Lanes decide what is due next, shared fairly between tenants; one lane per account or webhook endpoint. */
@NullMarked
package dev.carillon.jobs.lane;

import org.jspecify.annotations.NullMarked;
