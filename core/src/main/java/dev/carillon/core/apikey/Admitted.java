package dev.carillon.core.apikey;

import dev.carillon.core.limit.CallerLimits;

/** Somebody whose key lets them in, and how much they may send. */
public record Admitted(Actor actor, CallerLimits limits) {}
