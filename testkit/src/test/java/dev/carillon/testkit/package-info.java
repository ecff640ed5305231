/** The tests' own equipment, tried before others rely on it. */
@NullMarked
package dev.carillon.testkit;

import org.jspecify.annotations.NullMarked;
