/** Sign-in by OpenID providers over HTTP: what a browser is sent to, and comes back from. */
@NullMarked
package dev.carillon.api.oidc;

import org.jspecify.annotations.NullMarked;
