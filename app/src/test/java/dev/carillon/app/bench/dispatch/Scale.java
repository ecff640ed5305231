package dev.carillon.app.bench.dispatch;

import java.time.Duration;

/**
 * The size of a run.
 *
 * @param burst posts of a burst
 * @param warmUp posts that are published before the measurement, enough for the compiler to finish
 * @param backlog due posts of the large workspace
 * @param singles single posts of other workspaces
 * @param steady how long posts come at a steady rate
 * @param slow posts on a slow platform
 * @param history finished publications of the past
 * @param rounds rounds of the comparison with that history
 */
record Scale(int burst, int warmUp, int backlog, int singles, Duration steady, int slow, int history, int rounds) {
    static final Scale FULL = new Scale(30_000, 30_000, 100_000, 50, Duration.ofSeconds(60), 20_000, 5_000_000, 3);
    static final Scale QUICK = new Scale(5_000, 1_000, 20_000, 20, Duration.ofSeconds(10), 3_000, 100_000, 1);

    Scale withHistory(int publications) {
        return new Scale(burst, warmUp, backlog, singles, steady, slow, publications, rounds);
    }
}
