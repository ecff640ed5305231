package dev.carillon.app.chaos;

import java.util.function.Consumer;

/**
 * One way to hurt the workers.
 *
 * @param workers how many run when it begins
 */
record Scenario(String name, int workers, Consumer<Stage> play) {}
