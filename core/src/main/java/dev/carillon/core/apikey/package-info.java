/** API keys, their scopes, and the actor that a request's key authenticates. */
@NullMarked
package dev.carillon.core.apikey;

import org.jspecify.annotations.NullMarked;
