/** What benchmarks run on: servers and databases of their own, and looks inside. */
@NullMarked
package dev.carillon.app.bench.server;

import org.jspecify.annotations.NullMarked;
