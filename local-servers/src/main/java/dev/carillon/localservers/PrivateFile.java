package dev.carillon.localservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;

/** Small files and folders that only their owner may read. */
final class PrivateFile {
    private PrivateFile() {}

    /** The content if it looks as it should; nothing when the file is missing, torn or garbled. */
    static Optional<String> read(Path file, String shape) {
        try {
            // Latin-1 takes any bytes, so that garbage fails the shape and not the decoding.
            var text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            return Optional.of(text).filter(content -> content.matches(shape));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Replaces the content in one step, readable (mode 0600) by the owner only from the first moment. */
    static void write(Path file, String content) {
        try {
            var fresh = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    file.getFileName() + ".",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, content);
            try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            rename(fresh, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Renames in one step that a crash of the machine does not take back. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        try (var folder = FileChannel.open(to.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /**
     * Creates what is missing of {@code folder}, the last part with mode 0700; what exists keeps its mode.
     *
     * @throws LocalServerFailed when it cannot be created
     */
    static Path folder(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder.toAbsolutePath().getParent());
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return folder.toRealPath();
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** In words: the exceptions of files say in their class what is wrong, and in their message where. */
    static LocalServerFailed unusable(Path folder, IOException failure) {
        var reason =
                switch (failure) {
                    case FileAlreadyExistsException e -> e.getFile() + " is a file";
                    case AccessDeniedException e -> "permission denied for " + e.getFile();
                    case NoSuchFileException _ -> "it cannot be created there";
                    case FileSystemException e when e.getReason() != null -> e.getReason();
                    default -> Objects.toString(failure.getMessage());
                };
        return new LocalServerFailed(
                "The data folder %s cannot be used: %s. Choose a folder that belongs to you.".formatted(folder, reason),
                failure);
    }
}
