/** Signing in: showing who one is, by a mail or by whoever vouches, and getting a session for it. */
@NullMarked
package dev.carillon.core.signin;

import org.jspecify.annotations.NullMarked;
