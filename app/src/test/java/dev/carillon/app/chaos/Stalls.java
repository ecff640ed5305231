package dev.carillon.app.chaos;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Detects when this process gets no CPU time because the machine is busy. A lease that expires meanwhile is not Carillon's fault. */
final class Stalls {
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration WORTH_TELLING = Duration.ofMillis(500);
    private static final Pattern LINE = Pattern.compile("this process stood still from (\\S+) until (\\S+)");

    private Stalls() {}

    /** A period in which a process did not run. */
    record Stall(Instant from, Instant until) {}

    /** Prints a line for each stall of this process, until it ends. */
    static void watch() {
        var watch = new Thread(Stalls::run, "stalls");
        watch.setDaemon(true);
        watch.start();
    }

    private static void run() {
        try {
            var before = Clock.systemUTC().instant();
            while (true) {
                // The sleep is the measure: what it lasts beyond its length is time that this process did not get.
                Thread.sleep(STEP);
                var now = Clock.systemUTC().instant();
                if (Duration.between(before, now).compareTo(WORTH_TELLING) > 0) {
                    System.out.printf("this process stood still from %s until %s%n", before, now);
                }
                before = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The stall in a line of a process's output. */
    static Optional<Stall> read(String line) {
        return LINE.matcher(line)
                .results()
                .map(match -> new Stall(Instant.parse(match.group(1)), Instant.parse(match.group(2))))
                .findFirst();
    }
}
