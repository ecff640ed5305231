package dev.carillon.app.events;

/**
 * An event as it came.
 *
 * @param body the JSON, byte for byte what webhooks carry
 */
public record StreamedEvent(String id, String type, String body) {}
