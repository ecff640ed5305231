/** Events: immutable facts, written with the change that made them true and numbered after its commit. */
@NullMarked
package dev.carillon.core.event;

import org.jspecify.annotations.NullMarked;
