/** API keys, their scopes, and the actor that a key makes of a request. */
@NullMarked
package dev.carillon.core.apikey;

import org.jspecify.annotations.NullMarked;
