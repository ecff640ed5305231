package dev.carillon.core.webhook;

import dev.carillon.core.kernel.Mode;

/** Where a post of a workspace wants its own events sent, and in which mode they happen. */
public record CallbackAddress(Mode mode, String url) {}
