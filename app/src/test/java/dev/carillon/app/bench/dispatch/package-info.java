/** The dispatch benchmark: what Carillon does with due posts, and what other job queues do with as many jobs beside it. */
@NullMarked
package dev.carillon.app.bench.dispatch;

import org.jspecify.annotations.NullMarked;
