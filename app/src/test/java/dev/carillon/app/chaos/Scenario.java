package dev.carillon.app.chaos;

import java.util.Set;
import java.util.function.Consumer;

/**
 * One way to hurt the workers.
 *
 * @param workers how many run
 * @param kinds of platforms that every post goes to
 */
record Scenario(String name, int workers, Set<Kind> kinds, Consumer<Stage> play) {}
