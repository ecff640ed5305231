/** The worker role: what starts and stops with it. */
@NullMarked
package dev.carillon.worker;

import org.jspecify.annotations.NullMarked;
