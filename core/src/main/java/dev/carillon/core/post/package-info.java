/** Posts: what a workspace publishes, and the outcome on each account. */
@NullMarked
package dev.carillon.core.post;

import org.jspecify.annotations.NullMarked;
