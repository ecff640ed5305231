package dev.carillon.core.net.address;

import dev.carillon.core.net.Purpose;
import java.util.List;

/**
 * Hosts that the operator's configuration names outside {@code carillon.outbound.allow}. They count as listed there,
 * but only for their one purpose and on the port that is named. Hosts that they refer to in turn do not.
 */
public interface NamedHosts {
    Purpose purpose();

    /** Each starts with {@code http} or {@code https}; anything after host and port is ignored. */
    List<String> urls();
}
