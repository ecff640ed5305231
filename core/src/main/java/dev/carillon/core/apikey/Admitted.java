package dev.carillon.core.apikey;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.limit.CallerLimits;

/** A caller whose key was accepted, and its rate limits. */
public record Admitted(Actor actor, CallerLimits limits) {}
