package dev.carillon.api.signin;

import dev.carillon.core.kernel.Wire;

/**
 * A sign-in link was requested. The reply is the same whether or not the address is known.
 *
 * @param object always {@code sign_in}
 * @param status always {@code requested}
 * @param expiresIn seconds for which the link is valid, if one was sent
 */
@Wire
record SignInLinkResponse(String object, String status, long expiresIn) {}
