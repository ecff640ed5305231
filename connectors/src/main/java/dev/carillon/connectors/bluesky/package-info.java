/** Bluesky, on any server of the AT Protocol: linked with an app password, published by records of our own keys. */
@NullMarked
package dev.carillon.connectors.bluesky;

import org.jspecify.annotations.NullMarked;
