/** Sign-in with OpenID providers over HTTP: the redirect to a provider and the way back. */
@NullMarked
package dev.carillon.api.oidc;

import org.jspecify.annotations.NullMarked;
