/** Metrics: shared parts for recording what operators watch, and the tags that meters have. */
@NullMarked
package dev.carillon.core.metrics;

import org.jspecify.annotations.NullMarked;
