/** Sessions over HTTP: the cookie and its token, CSRF protection, and the routes about your own sessions. */
@NullMarked
package dev.carillon.api.session;

import org.jspecify.annotations.NullMarked;
