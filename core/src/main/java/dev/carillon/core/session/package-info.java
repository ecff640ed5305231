/** Sessions: what a user who has signed in has in one browser, until they sign out or it is over. */
@NullMarked
package dev.carillon.core.session;

import org.jspecify.annotations.NullMarked;
