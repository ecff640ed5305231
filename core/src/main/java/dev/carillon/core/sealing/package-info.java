/** Sealing: encryption of stored secrets, with one key per workspace under the installation's master key. */
@NullMarked
package dev.carillon.core.sealing;

import org.jspecify.annotations.NullMarked;
