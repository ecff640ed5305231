/** The benchmark of events: from commit to stream, with many streams, and with many who write. */
@NullMarked
package dev.carillon.app.bench.events;

import org.jspecify.annotations.NullMarked;
