/**
 * The crash harness, started by {@code ./carillon chaos}: kills processes that publish, and compares the result with the sandbox's count.
 */
@NullMarked
package dev.carillon.app.chaos;

import org.jspecify.annotations.NullMarked;
