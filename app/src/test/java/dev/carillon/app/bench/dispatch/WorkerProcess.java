package dev.carillon.app.bench.dispatch;

import dev.carillon.app.settings.StartRefused;
import dev.carillon.testkit.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A worker in a separate JVM with the launcher's options, as small as in production. */
final class WorkerProcess implements RunningWorker {
    private static final String READY = "worker is ready";
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(90);

    private final ChildJvm jvm;
    private final String settings;

    private WorkerProcess(ChildJvm jvm, String settings) {
        this.jvm = jvm;
        this.settings = settings;
    }

    /**
     * Starts a worker process.
     *
     * @param folder for its settings file, which only this user may read
     * @param furtherOptions of the JVM
     */
    static WorkerProcess start(Path folder, List<String> furtherOptions, Map<String, String> properties) {
        var options = System.getenv("CARILLON_JAVA_FLAGS");
        if (options == null) {
            throw new StartRefused("A worker process needs the launcher's options: use ./carillon bench dispatch.");
        }
        var words = Stream.concat(
                        Arrays.stream(options.split(" +", -1)),
                        Stream.concat(Stream.of("-Dcarillon.bench.log=worker"), furtherOptions.stream()))
                .toArray(String[]::new);
        var jvm = ChildJvm.of(WorkerProcess.class)
                .withJvmArguments(words)
                .withArguments(written(folder, properties).toString())
                .start();
        var ready = jvm.awaitLine(READY + ": (.*)", START);
        return new WorkerProcess(jvm, "%s; in a separate process: java %s".formatted(ready.group(1), options));
    }

    private static Path written(Path folder, Map<String, String> properties) {
        var text = new Properties();
        text.putAll(properties);
        try {
            var file = Files.createTempFile(
                    folder,
                    "worker",
                    ".properties",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (var writer = Files.newBufferedWriter(file)) {
                text.store(writer, null);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The other JVM's main method; runs until it is told to stop or until its parent process ends. */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("logback.configurationFile", "logback-bench.xml");
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        Files.delete(Path.of(arguments[0]));
        var worker = BenchWorker.start(Map.copyOf(asTexts(properties)));
        Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "stop"));
        Thread.ofPlatform().daemon().start(WorkerProcess::endWithTheParent);
        System.out.println(READY + ": " + worker.settings());
        new CountDownLatch(1).await();
    }

    private static Map<String, String> asTexts(Properties properties) {
        var texts = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
        return texts;
    }

    private static void endWithTheParent() {
        try {
            // The parent holds the other end of this pipe and never writes to it.
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            System.exit(0);
        }
    }

    @Override
    public String settings() {
        return settings;
    }

    @Override
    public void close() {
        jvm.terminate();
        jvm.awaitExit(STOP);
        jvm.close();
    }
}
