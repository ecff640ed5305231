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
 * A folder below {@code java.io.tmpdir} for the servers of this test JVM, deleted when the JVM ends. A killed JVM
 * cannot do that, so the next test JVM deletes its folder and stops the servers still running in it.
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

    /** Runs when the JVM ends, before the folder is deleted; the last one registered runs first. */
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
            // The lock that LocalServers takes before it discards a folder; held as long as this JVM lives.
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

    /** One test JVM at a time, so that a folder that is being created does not look abandoned. */
    private static Path alone(Supplier<Path> action) {
        try (var channel = FileChannel.open(ALL.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            return action.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
