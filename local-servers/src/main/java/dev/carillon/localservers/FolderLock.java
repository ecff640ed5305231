package dev.carillon.localservers;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The exclusive right to run the servers of a data folder. The operating system releases it when the process ends, in
 * whatever way, so a lock left behind by a killed instance never has to be judged by the pid stored in it.
 */
final class FolderLock implements AutoCloseable {
    /**
     * Folders locked by this process. Checked before the file is opened: with POSIX locks, closing a second channel on
     * the file would release the lock that the first one holds.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** @throws DataFolderInUse if another instance, in this process or another, holds the folder */
    static FolderLock take(Path folder) {
        if (!HELD_HERE.add(folder)) {
            throw new DataFolderInUse(folder, thisProcess());
        }
        FolderLock lock = null;
        try {
            lock = open(folder);
        } catch (IOException e) {
            throw PrivateFile.unusable(folder, e);
        } finally {
            if (lock == null) {
                HELD_HERE.remove(folder);
            }
        }
        if (lock == null) {
            throw new DataFolderInUse(folder, holder(folder.resolve("lock")));
        }
        return lock;
    }

    /** The holder of the folder, determined without taking the lock; empty if the folder is free or does not exist. */
    static Optional<String> holderOf(Path dataFolder) {
        var file = dataFolder.resolve("lock");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            if (HELD_HERE.contains(dataFolder.toRealPath())) {
                return Optional.of(thisProcess());
            }
            try (var channel = FileChannel.open(file, WRITE)) {
                return channel.tryLock() == null ? Optional.of(holder(file)) : Optional.empty();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FolderLock open(Path folder) throws IOException {
        var channel = PrivateFile.open(folder.resolve("lock"));
        if (channel.tryLock() == null) {
            channel.close();
            return null;
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(Long.toString(pid()).getBytes(StandardCharsets.US_ASCII)));
        return new FolderLock(folder, channel);
    }

    private static String holder(Path file) {
        try {
            var pid = Files.readString(file).strip();
            return pid.matches("\\d+") ? "the process with pid " + pid : "another process";
        } catch (IOException e) {
            return "another process";
        }
    }

    private static String thisProcess() {
        return "this process (pid %d)".formatted(pid());
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    boolean isHeld() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        try {
            // The file stays: if it were deleted, two instances could each lock their own file under the same name.
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD_HERE.remove(folder);
        }
    }
}
