/** What the tests of core and of the modules above it share. */
@NullMarked
package dev.carillon.core.testing;

import org.jspecify.annotations.NullMarked;
