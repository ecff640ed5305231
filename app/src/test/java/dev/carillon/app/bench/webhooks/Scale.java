package dev.carillon.app.bench.webhooks;

import java.time.Duration;

/**
 * The size of a run.
 *
 * @param workspaces that take turns, with an endpoint each
 * @param warmUp deliveries of one warm-up turn, repeated as long as it makes deliveries faster
 * @param warmUps the most warm-up turns
 * @param rounds rounds in which Carillon and the bare loop take turns
 * @param burst events of a round, committed at one moment
 * @param idle events sent one by one
 * @param rate events a second under load
 * @param busy how long the load lasts
 * @param dead deliveries that time out
 * @param beside how long another tenant is measured meanwhile
 */
record Scale(
        int workspaces,
        int warmUp,
        int warmUps,
        int rounds,
        int burst,
        int idle,
        int rate,
        Duration busy,
        int dead,
        Duration beside) {
    static final Scale FULL =
            new Scale(10, 10_000, 9, 3, 20_000, 200, 1_000, Duration.ofSeconds(20), 100_000, Duration.ofSeconds(60));
    static final Scale QUICK =
            new Scale(4, 500, 1, 1, 2_000, 40, 200, Duration.ofSeconds(3), 2_000, Duration.ofSeconds(10));
}
