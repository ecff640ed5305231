/** Other job queues that are compared with Carillon, on the same database server, with jobs that do nothing or wait. */
@NullMarked
package dev.carillon.app.bench.dispatch.baseline;

import org.jspecify.annotations.NullMarked;
