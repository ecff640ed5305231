/** The posts that the sandbox platform accepted, and the faults ordered there, over HTTP. */
@NullMarked
package dev.carillon.api.sandbox;

import org.jspecify.annotations.NullMarked;
