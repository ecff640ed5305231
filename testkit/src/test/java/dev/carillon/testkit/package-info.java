/** Tests of the test kit. */
@NullMarked
package dev.carillon.testkit;

import org.jspecify.annotations.NullMarked;
