/**
 * The connector of the sandbox platform, which simulates every network in test mode and is reached over a socket like
 * the real ones.
 */
@NullMarked
package dev.carillon.connectors.sandbox;

import org.jspecify.annotations.NullMarked;
