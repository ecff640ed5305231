/** The API benchmark: what one process answers over HTTP from a workspace of a million posts, beside what its parts can do alone. */
@NullMarked
package dev.carillon.app.bench.api;

import org.jspecify.annotations.NullMarked;
