package dev.carillon.core.publication.reconciliation;

import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.publication.Publication;

/**
 * A published publication, for which the platform is to be asked whether the post still exists.
 *
 * @param host the host of its account, whose accounts share outages
 * @param asked how often the platform was asked and did not answer
 */
public record Checkable(Publication publication, ConnectedAccount account, String host, int asked) {}
