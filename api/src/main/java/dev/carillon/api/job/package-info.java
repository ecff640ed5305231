/** Jobs over HTTP. */
@NullMarked
package dev.carillon.api.job;

import org.jspecify.annotations.NullMarked;
