/** What the sandbox platform accepted, over HTTP. */
@NullMarked
package dev.carillon.api.sandbox;

import org.jspecify.annotations.NullMarked;
