/** What the sandbox platform accepted, and what is to go wrong there, over HTTP. */
@NullMarked
package dev.carillon.api.sandbox;

import org.jspecify.annotations.NullMarked;
