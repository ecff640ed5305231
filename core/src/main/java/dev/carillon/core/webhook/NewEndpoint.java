package dev.carillon.core.webhook;

/** An endpoint with a secret that it was just given, which nobody can read again. */
public record NewEndpoint(WebhookEndpoint endpoint, EndpointSecret secret) {}
