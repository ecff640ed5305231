package dev.carillon.app.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options of a run, and its folder. */
final class RunOptions {
    @Option(names = "--full", description = "Runs the long form instead of the short one")
    private boolean full;

    @Option(names = "--seed", description = "Repeats the random choices of an earlier run")
    private long seed = System.nanoTime() % 1_000_000;

    @Option(names = "--only", description = "Runs only the scenarios whose name contains this text")
    private String only = "";

    /** Which half of the scenarios runs: the even ones, the odd ones, or both. */
    enum Half {
        EVEN,
        ODD,
        BOTH;

        boolean has(int scenario) {
            return switch (this) {
                case EVEN -> scenario % 2 == 0;
                case ODD -> scenario % 2 == 1;
                case BOTH -> true;
            };
        }
    }

    private Half half = Half.BOTH;

    /** The default options with a seed. */
    static RunOptions of(long seed) {
        var options = new RunOptions();
        options.seed = seed;
        return options;
    }

    /** One half of the scenarios, so that two processes can share them. */
    static RunOptions half(Half half, long seed) {
        var options = of(seed);
        options.half = half;
        return options;
    }

    /** The options of the long form. */
    static RunOptions full(long seed) {
        var options = of(seed);
        options.full = true;
        return options;
    }

    boolean full() {
        return full;
    }

    long seed() {
        return seed;
    }

    boolean wants(String scenario) {
        return scenario.contains(only);
    }

    Half half() {
        return half;
    }

    /** A new folder for the servers of a run; the caller discards it at the end. */
    static Path newFolder() {
        try {
            return Files.createTempDirectory("carillon-chaos");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void tellTime(String scenario, long began) {
        System.out.printf(
                Locale.ROOT,
                "%-60s %5.1f s%n",
                scenario,
                Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
    }
}
