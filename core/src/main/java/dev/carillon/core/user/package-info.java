/** Users: people who sign in, and the identities by which issuers know them. */
@NullMarked
package dev.carillon.core.user;

import org.jspecify.annotations.NullMarked;
