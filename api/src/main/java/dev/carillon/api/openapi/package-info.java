/** The description of the whole API, made from its code by the build. */
@NullMarked
package dev.carillon.api.openapi;

import org.jspecify.annotations.NullMarked;
