/** Who may call a route: keys, sessions, scopes and rate limits, filter by filter. */
@NullMarked
package dev.carillon.api.access;

import org.jspecify.annotations.NullMarked;
