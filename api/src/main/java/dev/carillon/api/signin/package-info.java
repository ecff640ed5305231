/** Signing in over HTTP, with the small pages that people see while they do. */
@NullMarked
package dev.carillon.api.signin;

import org.jspecify.annotations.NullMarked;
