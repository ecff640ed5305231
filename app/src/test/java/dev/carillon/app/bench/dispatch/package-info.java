/** The dispatch benchmark: how Carillon handles due posts, compared with other job queues and as many jobs. */
@NullMarked
package dev.carillon.app.bench.dispatch;

import org.jspecify.annotations.NullMarked;
