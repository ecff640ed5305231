package dev.carillon.testkit.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An API client as a customer would write it, run from its source file as its page says. */
public enum ExampleProgram {
    PYTHON("publish.py") {
        @Override
        List<String> command() throws PeerMissing {
            Python.require();
            return List.of(Python.PROGRAM);
        }
    },
    TYPESCRIPT("publish.mts") {
        @Override
        List<String> command() throws PeerMissing {
            return List.of(Node22.install().program(), "--experimental-strip-types");
        }
    },
    /** On the JDK of this JVM. */
    JAVA("Publish.java") {
        @Override
        List<String> command() {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString());
        }
    };

    private static final int PATIENCE_SECONDS = 120;

    private final String source;

    ExampleProgram(String source) {
        this.source = source;
    }

    /**
     * How a run ended.
     *
     * @param output standard output and error together
     */
    public record Ended(int status, String output) {}

    /** The command that runs a source file of this language. */
    abstract List<String> command() throws PeerMissing;

    /** Runs it to its end; skips the running test if its language is not available. */
    public Ended runOrSkip(Path folder, Map<String, String> environment, String... arguments) {
        try {
            var command = new ArrayList<>(command());
            command.add(source);
            command.addAll(List.of(arguments));
            var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            return run(builder.start());
        } catch (PeerMissing missing) {
            throw missing.skipOrFail();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Ended run(Process process) throws IOException {
        process.getOutputStream().close();
        try {
            // Its output is a few lines, which fit into the pipe.
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the example is still running after %d s".formatted(PATIENCE_SECONDS));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Ended(
                process.exitValue(), new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
}
