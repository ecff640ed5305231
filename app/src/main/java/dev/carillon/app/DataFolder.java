package dev.carillon.app;

import dev.carillon.app.settings.StartRefused;
import dev.carillon.core.sealing.MasterKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The small files next to the embedded servers' data, each readable only by its owner. Use this only while holding the
 * folder: the embedded servers have been started, which takes the folder's lock.
 */
record DataFolder(Path path) {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** The master key of this folder, created on first use. */
    String masterKey() {
        return read("master.key").orElseGet(() -> {
            var fresh = MasterKey.generate();
            writeOnce("master.key", fresh + "\n");
            return fresh;
        });
    }

    /** The port of the sandbox platform that permalinks contain; empty until there is one. */
    Optional<Integer> sandboxPort() {
        return read("sandbox.port").filter(text -> text.matches("\\d{1,5}")).map(Integer::valueOf);
    }

    void keepSandboxPort(int port) {
        replace("sandbox.port", port + "\n");
    }

    /** The file that scripts read. */
    Path credentialsFile() {
        return path.resolve("credentials.json").toAbsolutePath().normalize();
    }

    Optional<Credentials> credentials() {
        return read("credentials.json").flatMap(Credentials::parse);
    }

    /** Writes the first keys. An existing file belongs to an installation that was never completed, and is deleted. */
    void writeFirstCredentials(Credentials credentials) {
        try {
            Files.deleteIfExists(credentialsFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writeOnce("credentials.json", credentials.json());
    }

    /** Updates the address in the file, because a start may use another port than the one before. */
    void keepBaseUrl(URI url) {
        credentials()
                .filter(known -> !known.baseUrl().equals(url))
                .ifPresent(known -> replace("credentials.json", known.at(url).json()));
    }

    private Optional<String> read(String name) {
        var file = path.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new StartRefused("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Creates a file that must not exist yet; it is complete as soon as it has its name. */
    private void writeOnce(String name, String content) {
        var file = path.resolve(name);
        try {
            var fresh = written(name, content);
            try {
                // A link, unlike a move, never replaces an existing file.
                Files.createLink(file, fresh);
            } catch (FileAlreadyExistsException e) {
                throw new StartRefused(file + " appeared while it was being written; is another instance running?", e);
            } finally {
                Files.delete(fresh);
            }
        } catch (IOException e) {
            throw new StartRefused("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    private void replace(String name, String content) {
        try {
            Files.move(written(name, content), path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path written(String name, String content) throws IOException {
        var fresh = Files.createTempFile(path, name + ".", ".new", OWNER_ONLY);
        return Files.writeString(fresh, content);
    }
}
