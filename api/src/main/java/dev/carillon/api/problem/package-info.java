/** The one shape of error replies, and what turns exceptions into it. */
@NullMarked
package dev.carillon.api.problem;

import org.jspecify.annotations.NullMarked;
