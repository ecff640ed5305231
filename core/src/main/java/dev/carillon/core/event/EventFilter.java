package dev.carillon.core.event;

import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for.
 *
 * @param type exactly this type; null for all
 * @param objectId about this object; null for all
 */
public record EventFilter(@Nullable String type, @Nullable String objectId) {}
