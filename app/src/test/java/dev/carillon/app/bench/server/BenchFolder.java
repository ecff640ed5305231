package dev.carillon.app.bench.server;

import dev.carillon.localservers.LocalServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that is deleted with this process. The folder of a killed process, with its servers, is deleted by the next process. */
public final class BenchFolder implements AutoCloseable {
    private static final String PREFIX = "run-";

    private final Path path;

    public BenchFolder() throws IOException {
        var all = Path.of(System.getProperty("java.io.tmpdir"), "carillon-bench-" + System.getProperty("user.name"));
        Files.createDirectories(all);
        discardAbandoned(all);
        path = Files.createDirectory(
                all.resolve(PREFIX + ProcessHandle.current().pid()));
        // For Ctrl-C; after a normal end there is nothing left to discard.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    private static void discardAbandoned(Path all) throws IOException {
        try (var runs = Files.newDirectoryStream(all, PREFIX + "*")) {
            for (var run : runs) {
                long pid = Long.parseLong(run.getFileName().toString().substring(PREFIX.length()));
                if (ProcessHandle.of(pid).isEmpty()) {
                    LocalServers.discard(run);
                }
            }
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        if (Files.exists(path)) {
            LocalServers.discard(path);
        }
    }
}
