/** Who is calling: keys from the headers, the actor they make of a request, and the route that tells about it. */
@NullMarked
package dev.carillon.api.apikey;

import org.jspecify.annotations.NullMarked;
