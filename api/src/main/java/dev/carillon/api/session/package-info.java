/** Sessions over HTTP: the cookie and its token, what shows that a request is meant, and the routes about one's own sessions. */
@NullMarked
package dev.carillon.api.session;

import org.jspecify.annotations.NullMarked;
