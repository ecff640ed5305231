/** Platforms: their names, the port each one is reached through, and what an attempt on one can come to. */
@NullMarked
package dev.carillon.core.platform;

import org.jspecify.annotations.NullMarked;
