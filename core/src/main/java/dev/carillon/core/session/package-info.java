/** Sessions: a user's sign-in in one browser, until they sign out or it expires. */
@NullMarked
package dev.carillon.core.session;

import org.jspecify.annotations.NullMarked;
