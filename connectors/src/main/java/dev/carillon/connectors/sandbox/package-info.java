/** The sandbox platform's room: in test mode it plays every network, reached over a socket like the real ones. */
@NullMarked
package dev.carillon.connectors.sandbox;

import org.jspecify.annotations.NullMarked;
