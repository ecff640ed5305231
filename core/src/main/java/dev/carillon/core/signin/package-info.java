/** Signing in: proving an identity by mail or through a provider, and getting a session for it. */
@NullMarked
package dev.carillon.core.signin;

import org.jspecify.annotations.NullMarked;
