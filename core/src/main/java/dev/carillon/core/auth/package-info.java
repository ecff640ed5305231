/** Who acts: the caller, its scopes, its role and the accounts that it may reach. */
@NullMarked
package dev.carillon.core.auth;

import org.jspecify.annotations.NullMarked;
