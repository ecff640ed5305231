/** Platforms: their names, the connector port, and the possible outcomes of an attempt. */
@NullMarked
package dev.carillon.core.platform;

import org.jspecify.annotations.NullMarked;
