/** Jobs: which publications are being worked on, and which are due. */
@NullMarked
package dev.carillon.core.job;

import org.jspecify.annotations.NullMarked;
