/** Sign-in over HTTP, with the small pages that people see on the way. */
@NullMarked
package dev.carillon.api.signin;

import org.jspecify.annotations.NullMarked;
