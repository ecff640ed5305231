/** Posts: what a workspace wants said, and what became of it on each account. */
@NullMarked
package dev.carillon.core.post;

import org.jspecify.annotations.NullMarked;
