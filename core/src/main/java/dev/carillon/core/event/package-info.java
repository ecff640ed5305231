/**
 * Events: immutable records, written in the transaction of the change that they describe and numbered after its commit.
 */
@NullMarked
package dev.carillon.core.event;

import org.jspecify.annotations.NullMarked;
