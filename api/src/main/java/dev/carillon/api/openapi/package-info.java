/** The OpenAPI document of the whole API, generated from the code by the build. */
@NullMarked
package dev.carillon.api.openapi;

import org.jspecify.annotations.NullMarked;
