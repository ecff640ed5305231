package dev.carillon.testkit;

import dev.carillon.localservers.LocalServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;

/**
 * A folder below {@code java.io.tmpdir} for the servers of this test JVM. It goes with the JVM; a JVM that was killed could not
 * see to that, so its folder, and the servers that still run in it, go when the next test JVM starts.
 */
final class TestFolder {
    private static final Path ALL =
            Path.of(System.getProperty("java.io.tmpdir"), "carillon-tests-" + System.getProperty("user.name"));
    private static final Deque<Runnable> AT_EXIT = new ConcurrentLinkedDeque<>();
    private static final Path OF_THIS_JVM = create();

    private TestFolder() {}

    static Path resolve(String name) {
        return OF_THIS_JVM.resolve(name);
    }

    /** Runs when the JVM ends, before the folder goes; last come, first served. */
    static void atExit(Runnable closing) {
        AT_EXIT.addFirst(closing);
    }

    private static Path create() {
        try {
            Files.createDirectories(ALL);
            return alone(TestFolder::createAlone);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path createAlone() {
        try {
            try (var others = Files.newDirectoryStream(ALL, "jvm-*")) {
                others.forEach(LocalServers::discard);
            }
            var folder = Files.createTempDirectory(ALL, "jvm-");
            // The lock that LocalServers asks for before it discards a folder; held as long as this JVM lives.
            var lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock.lock();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder, lock), "test-folder"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder, FileChannel lock) {
        AT_EXIT.forEach(Runnable::run);
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        alone(() -> {
            LocalServers.discard(folder);
            return folder;
        });
    }

    /** One test JVM at a time: a folder that is being made must not look like one that was left behind. */
    private static Path alone(Supplier<Path> action) {
        try (var channel = FileChannel.open(ALL.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            return action.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
