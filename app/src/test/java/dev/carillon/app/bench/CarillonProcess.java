package dev.carillon.app.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A running {@code carillon up}. Closing it asks it to stop, as Ctrl-C does, and waits for that. */
public final class CarillonProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Carillon is ready(?: at (\\S+))?");
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;
    private final long began;

    private CarillonProcess(Process process, Path output, long began) {
        this.process = process;
        this.output = output;
        this.began = began;
    }

    /** Runs a command that starts Carillon, and writes its output to {@code output}. */
    public static CarillonProcess start(Path output, Map<String, String> environment, List<String> command) {
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("CARILLON_"));
            builder.environment().putAll(environment);
            long began = System.nanoTime();
            return new CarillonProcess(builder.start(), output, began);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until it reports that it is ready.
     *
     * @return how long that took since the start of the process
     */
    public Duration awaitReady() {
        Awaitility.await("carillon to be ready")
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .pollDelay(Duration.ZERO)
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("Carillon ended before it was ready. Its output:\n" + output());
                    }
                })
                .until(() -> READY.matcher(output()).find());
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** The URL of the API; only after {@link #awaitReady()}. */
    public URI url() {
        return Optional.of(READY.matcher(output()))
                .filter(found -> found.find() && found.group(1) != null)
                .map(found -> URI.create(found.group(1)))
                .orElseThrow(() -> new IllegalStateException("The output has no URL of the API: " + output()));
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }
}
