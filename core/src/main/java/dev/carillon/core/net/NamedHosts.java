package dev.carillon.core.net;

import java.util.List;

/**
 * Hosts that the operator's configuration names elsewhere than in {@code carillon.outbound.allow}. For their one purpose, and on the port
 * that is named, they are as good as listed there; what they name themselves is not.
 */
public interface NamedHosts {
    Purpose purpose();

    /** Each with {@code http} or {@code https} in front; what follows host and port does not matter. */
    List<String> urls();
}
