/**
 * Test clocks: a workspace moves the business time of its test mode forward, and work that falls due on the way is
 * done.
 */
@NullMarked
package dev.carillon.core.testclock;

import org.jspecify.annotations.NullMarked;
