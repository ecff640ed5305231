package dev.carillon.core.publication;

import dev.carillon.core.platform.ConnectedAccount;

/**
 * A publication whose outcome is to be asked for, leased to this process.
 *
 * @param provable whether enough database time has passed since the mark for an absence to be a proof
 */
public record Doubtful(Publication publication, ConnectedAccount account, boolean provable) {}
