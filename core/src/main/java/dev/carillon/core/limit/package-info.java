/** How many requests callers may send: rates, the buckets that keep them, and who decides. */
@NullMarked
package dev.carillon.core.limit;

import org.jspecify.annotations.NullMarked;
