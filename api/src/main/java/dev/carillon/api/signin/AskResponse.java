package dev.carillon.api.signin;

import dev.carillon.core.kernel.Wire;

/**
 * A link was asked for. Says the same whether or not somebody has the address.
 *
 * @param object always {@code sign_in}
 * @param status always {@code asked}
 * @param expiresIn seconds for which the link counts, if one was mailed
 */
@Wire
record AskResponse(String object, String status, long expiresIn) {}
