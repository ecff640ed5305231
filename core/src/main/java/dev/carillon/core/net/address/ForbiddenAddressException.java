package dev.carillon.core.net.address;

import java.net.UnknownHostException;

/**
 * The guard stopped a connection. It extends {@link UnknownHostException} because OkHttp's name look-up may throw
 * nothing else.
 */
public final class ForbiddenAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    public ForbiddenAddressException(String host) {
        super(host + " does not resolve to a public address");
    }
}
