package dev.carillon.core.publication.intervention;

import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.PlatformPost;

/** A published post that is to be deleted from its platform. */
public record Deletable(ConnectedAccount account, PlatformPost post) {}
