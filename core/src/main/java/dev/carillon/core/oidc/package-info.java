/** Sign-in by OpenID providers that the operator names: from the redirect to the provider to a token that was checked. */
@NullMarked
package dev.carillon.core.oidc;

import org.jspecify.annotations.NullMarked;
