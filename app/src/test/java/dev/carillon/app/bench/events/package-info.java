/** The event benchmark: from commit to stream, with many streams and with many writers. */
@NullMarked
package dev.carillon.app.bench.events;

import org.jspecify.annotations.NullMarked;
