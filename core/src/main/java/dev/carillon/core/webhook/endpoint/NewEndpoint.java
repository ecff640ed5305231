package dev.carillon.core.webhook.endpoint;

/** An endpoint with the secret that it was just given, which cannot be read again. */
public record NewEndpoint(WebhookEndpoint endpoint, EndpointSecret secret) {}
