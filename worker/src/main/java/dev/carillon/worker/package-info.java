/** The worker role: the parts that start and stop with it. */
@NullMarked
package dev.carillon.worker;

import org.jspecify.annotations.NullMarked;
