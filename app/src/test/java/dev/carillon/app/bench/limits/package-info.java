/** What it costs to ask Redis whether a request may pass, one way and another. */
@NullMarked
package dev.carillon.app.bench.limits;

import org.jspecify.annotations.NullMarked;
