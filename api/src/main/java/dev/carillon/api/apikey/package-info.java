/** Authentication: keys from headers, the actor of a request, rate limits, and the route that identifies the caller. */
@NullMarked
package dev.carillon.api.apikey;

import org.jspecify.annotations.NullMarked;
