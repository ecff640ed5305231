/** Posts over HTTP. */
@NullMarked
package dev.carillon.api.post;

import org.jspecify.annotations.NullMarked;
