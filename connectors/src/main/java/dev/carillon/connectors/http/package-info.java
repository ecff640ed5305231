/**
 * Shared by the connectors: JSON over the guarded client, and the meaning of calls that end without a platform's
 * outcome.
 */
@NullMarked
package dev.carillon.connectors.http;

import org.jspecify.annotations.NullMarked;
