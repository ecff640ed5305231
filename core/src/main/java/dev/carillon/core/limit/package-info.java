/** Rate limits: how many requests callers may send, the buckets that count them, and the decision. */
@NullMarked
package dev.carillon.core.limit;

import org.jspecify.annotations.NullMarked;
