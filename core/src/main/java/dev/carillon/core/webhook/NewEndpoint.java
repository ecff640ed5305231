package dev.carillon.core.webhook;

/** An endpoint that was just made, with its secret, which nobody can read again. */
public record NewEndpoint(WebhookEndpoint endpoint, EndpointSecret secret) {}
