package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.kernel.Mode;

/** The address that receives the events of a post ({@code webhook_url}), and the mode of those events. */
public record CallbackAddress(Mode mode, String url) {}
