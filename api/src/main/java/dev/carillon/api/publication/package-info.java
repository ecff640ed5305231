/** Publications and their attempts over HTTP. */
@NullMarked
package dev.carillon.api.publication;

import org.jspecify.annotations.NullMarked;
