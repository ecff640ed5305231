/** The rate-limit benchmark: what it costs to ask Redis whether a request may pass, in several ways. */
@NullMarked
package dev.carillon.app.bench.limits;

import org.jspecify.annotations.NullMarked;
