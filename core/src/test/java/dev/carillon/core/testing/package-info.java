/** What tests of core, and of the floors above, share. */
@NullMarked
package dev.carillon.core.testing;

import org.jspecify.annotations.NullMarked;
