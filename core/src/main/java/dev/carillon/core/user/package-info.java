/** Users: people who sign in, and how they are known to whoever vouches for them. */
@NullMarked
package dev.carillon.core.user;

import org.jspecify.annotations.NullMarked;
