/**
 * Bluesky, on any server of the AT Protocol: connected with an app password, published as records with our own keys.
 */
@NullMarked
package dev.carillon.connectors.bluesky;

import org.jspecify.annotations.NullMarked;
