/** Timeline: everything that happened to a post, in one list. */
@NullMarked
package dev.carillon.core.timeline;

import org.jspecify.annotations.NullMarked;
