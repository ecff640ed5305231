/** Types that every feature shares: ids, money, modes, pages, clocks and the catalogue of error codes. */
@NullMarked
package dev.carillon.core.kernel;

import org.jspecify.annotations.NullMarked;
