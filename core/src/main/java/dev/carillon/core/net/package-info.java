/** Calls to the outside: which addresses may be reached, and the one HTTP client through which everything goes. */
@NullMarked
package dev.carillon.core.net;

import org.jspecify.annotations.NullMarked;
