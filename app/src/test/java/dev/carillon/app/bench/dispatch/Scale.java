package dev.carillon.app.bench.dispatch;

import java.time.Duration;

/**
 * How much is done.
 *
 * @param burst posts of a burst
 * @param warmUp posts before anything is measured, which count for nothing: enough for the compiler to be done with the path
 * @param backlog due posts of the big neighbour
 * @param singles posts that are due behind it
 * @param steady how long posts come evenly
 * @param slow posts on a slow platform
 * @param history closed publications of the past
 * @param rounds of the comparison with that past
 */
record Scale(int burst, int warmUp, int backlog, int singles, Duration steady, int slow, int history, int rounds) {
    static final Scale FULL = new Scale(30_000, 30_000, 100_000, 50, Duration.ofSeconds(60), 20_000, 5_000_000, 3);
    static final Scale QUICK = new Scale(5_000, 1_000, 20_000, 20, Duration.ofSeconds(10), 3_000, 100_000, 1);

    Scale withHistory(int publications) {
        return new Scale(burst, warmUp, backlog, singles, steady, slow, publications, rounds);
    }
}
