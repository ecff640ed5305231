/** Tests of pacing: how it keeps its limits. */
@NullMarked
package dev.carillon.core.pacing;

import org.jspecify.annotations.NullMarked;
