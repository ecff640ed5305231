/** Spend: money held from acceptance to outcome. */
@NullMarked
package dev.carillon.core.spend;

import org.jspecify.annotations.NullMarked;
