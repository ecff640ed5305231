/** Outbound calls: which addresses may be reached, and the one HTTP client through which every call goes. */
@NullMarked
package dev.carillon.core.net;

import org.jspecify.annotations.NullMarked;
