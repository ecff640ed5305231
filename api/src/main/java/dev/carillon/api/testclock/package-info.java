/** Test clocks over HTTP. */
@NullMarked
package dev.carillon.api.testclock;

import org.jspecify.annotations.NullMarked;
