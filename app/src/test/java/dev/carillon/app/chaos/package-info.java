/** The crash harness, started by {@code ./carillon chaos}: kills what publishes, and lets the sandbox's count be the judge. */
@NullMarked
package dev.carillon.app.chaos;

import org.jspecify.annotations.NullMarked;
