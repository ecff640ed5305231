package dev.carillon.app.chaos;

import java.util.Set;
import java.util.function.Consumer;

/**
 * A way to disturb the workers.
 *
 * @param workers how many run
 * @param kinds the kinds of platform that every post goes to
 */
record Scenario(String name, int workers, Set<Kind> kinds, Consumer<Stage> play) {}
