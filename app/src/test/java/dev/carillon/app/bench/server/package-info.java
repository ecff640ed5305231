/** What benchmarks share: servers, databases, processes and profiles. */
@NullMarked
package dev.carillon.app.bench.server;

import org.jspecify.annotations.NullMarked;
