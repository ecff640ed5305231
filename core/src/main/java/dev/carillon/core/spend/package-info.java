/** Spend: a publication's cost, held from its acceptance to its outcome. */
@NullMarked
package dev.carillon.core.spend;

import org.jspecify.annotations.NullMarked;
