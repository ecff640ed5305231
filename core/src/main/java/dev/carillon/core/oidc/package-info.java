/**
 * Sign-in with OpenID providers that the operator configures: from the redirect to the provider to a verified token.
 */
@NullMarked
package dev.carillon.core.oidc;

import org.jspecify.annotations.NullMarked;
