/** Sealing: secrets at rest, under a key per workspace below the installation's master key. */
@NullMarked
package dev.carillon.core.sealing;

import org.jspecify.annotations.NullMarked;
