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
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Small files and folders that only their owner may read. */
final class PrivateFile {
    private static final Set<PosixFilePermission> FOLDER = Set.copyOf(PosixFilePermissions.fromString("rwx------"));
    private static final Set<PosixFilePermission> FILE = Set.copyOf(PosixFilePermissions.fromString("rw-------"));

    private PrivateFile() {}

    /** The content if it has the expected shape; empty if the file is missing, torn or garbled. */
    static Optional<String> read(Path file, String shape) {
        try {
            // Latin-1 accepts any bytes, so garbage fails the shape and not the decoding.
            var text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            return Optional.of(text).filter(content -> content.matches(shape));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Replaces the content in one step; only the owner can read the file (mode 0600), from its creation on. */
    static void write(Path file, String content) {
        try {
            var fresh = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    file.getFileName() + ".",
                    ".new",
                    PosixFilePermissions.asFileAttribute(FILE));
            Files.writeString(fresh, content);
            try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            rename(fresh, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Renames in one step, durably: a crash of the machine does not undo it. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        try (var folder = FileChannel.open(to.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /**
     * Creates the missing parts of {@code folder}, the last one with mode 0700; existing parts keep their mode.
     *
     * @throws LocalServerFailed if it cannot be created
     */
    static Path folder(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder.toAbsolutePath().getParent());
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
            }
            return folder.toRealPath();
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** Opens a file for writing, and creates it if it is missing; in both cases only the owner can read it then. */
    static FileChannel open(Path file) throws IOException {
        if (Files.exists(file)) {
            restrict(file);
        }
        return FileChannel.open(
                file,
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(FILE));
    }

    /**
     * Removes the permissions of group and others from a file, or from a folder and everything in it. Folders of
     * earlier versions contain files that other users can read.
     */
    static void restrict(Path path) throws IOException {
        try (var all = Files.walk(path)) {
            for (var each : all.filter(file -> !Files.isSymbolicLink(file)).toList()) {
                var permissions = Files.getPosixFilePermissions(each);
                if (permissions.retainAll(FOLDER)) {
                    Files.setPosixFilePermissions(each, permissions);
                }
            }
        }
    }

    /** Describes a file exception, whose class says what is wrong and whose message says where. */
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
