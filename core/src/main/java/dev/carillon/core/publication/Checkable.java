package dev.carillon.core.publication;

import dev.carillon.core.platform.ConnectedAccount;

/**
 * A published publication of which the platform is to be asked whether it stands.
 *
 * @param host what its account shares trouble with
 * @param asked how often the platform was asked this and did not answer
 */
public record Checkable(Publication publication, ConnectedAccount account, String host, int asked) {}
