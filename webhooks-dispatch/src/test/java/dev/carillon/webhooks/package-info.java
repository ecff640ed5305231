/** Tests of the dispatch role, on real servers and a real receiver. */
@NullMarked
package dev.carillon.webhooks;

import org.jspecify.annotations.NullMarked;
