package dev.carillon.localservers;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** A second JVM that starts the servers of a folder, reports that, and holds them until its input ends. */
record OtherJvm(Process process, BufferedReader output) implements AutoCloseable {
    static final String READY = "ready";

    static OtherJvm on(Path folder, Map<String, String> environment, String... further) throws IOException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherJvm.class.getName(),
                        folder.toString(),
                        String.join(" ", further))
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        return new OtherJvm(process, process.inputReader(StandardCharsets.UTF_8));
    }

    static OtherJvm on(Path folder) throws IOException {
        return on(folder, Map.of());
    }

    /** Returns when the servers are running; otherwise the error contains the JVM's output. */
    OtherJvm awaitReady() throws IOException {
        var said = new StringBuilder();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(READY)) {
                return this;
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("the other JVM ended early:\n" + said);
    }

    /** Its output until it ends. */
    String awaitEnd() {
        var said = output.lines().collect(Collectors.joining("\n"));
        process.onExit().join();
        return said;
    }

    /** {@code kill -9} of only the JVM. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments[1].equals("exit-while-starting")) {
            Thread.ofPlatform().start(() -> {
                await().until(() -> Files.exists(Path.of(arguments[0], "redis.port")));
                System.exit(7);
            });
        }
        var servers = LocalServers.start(Path.of(arguments[0]));
        System.out.println(READY);
        System.in.transferTo(OutputStream.nullOutputStream());
        servers.close();
    }
}
