package dev.carillon.localservers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/**
 * The server programs, unpacked once per version into the user's cache folder. They are unpacked next to the final name
 * and then renamed, so neither a killed process nor two processes at once leave half a program behind.
 */
record ServerBinaries(Path cache) {

    /** Writes a program into a fresh folder. */
    private interface Unpacking {
        void into(Path folder) throws IOException;
    }

    /** The user's cache folder or, if that is not writable, a folder next to the data. */
    static ServerBinaries cachedFor(Path dataFolder) {
        var named = System.getenv("XDG_CACHE_HOME");
        var caches =
                named == null || named.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(named);
        try {
            return new ServerBinaries(Files.createDirectories(
                    caches.resolve("carillon"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
        } catch (IOException e) {
            return new ServerBinaries(PrivateFile.folder(dataFolder.resolve("binaries")));
        }
    }

    /** Whether programs of both servers are included for this machine. */
    static boolean existHere() {
        try {
            resource(postgresArchive());
            resource(redisExecutable());
            return true;
        } catch (RuntimeException e) {
            // The library with Redis' programs throws if it does not support the machine.
            return false;
        }
    }

    /** The folder that holds {@code initdb}, {@code pg_ctl} and {@code postgres}. */
    Path postgres() {
        var archive = resource(postgresArchive());
        return unpacked("postgres-" + checksum(archive), folder -> unpackArchive(archive, folder))
                .resolve("bin");
    }

    /** The {@code redis-server} executable. */
    Path redis() {
        var executable = resource(redisExecutable());
        return unpacked("redis-" + checksum(executable), folder -> {
                    try (var content = executable.openStream()) {
                        copyExecutable(content, folder.resolve("redis-server"));
                    }
                })
                .resolve("redis-server");
    }

    private static String postgresArchive() {
        return "/postgres-%s-%s.txz".formatted(system(), architecture());
    }

    private static @Nullable String redisExecutable() {
        return ExecutableProvider.newProvidedVersionsMap().get(OsArchitecture.detectOSandArchitecture());
    }

    private Path unpacked(String name, Unpacking unpacking) {
        var target = cache.resolve(name);
        if (Files.isDirectory(target)) {
            return target;
        }
        try {
            var fresh = Files.createTempDirectory(cache, name + ".");
            unpacking.into(fresh);
            PrivateFile.restrict(fresh);
            publish(fresh, target);
            return target;
        } catch (IOException e) {
            throw new LocalServerFailed("Could not unpack the server programs into " + cache, e);
        }
    }

    private static void publish(Path fresh, Path target) throws IOException {
        try {
            Files.move(fresh, target);
        } catch (IOException e) {
            // Another process was faster; its copy is just as good.
            Folders.delete(fresh);
            if (!Files.isDirectory(target)) {
                throw e;
            }
        }
    }

    private static void unpackArchive(URL archive, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive.openStream())))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException("archive entry outside the target folder: " + entry.getName());
                }
                Files.createDirectories(entry.isDirectory() ? file : folderOf(file));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else if (entry.isFile() && (entry.getMode() & 0100) != 0) {
                    copyExecutable(tar, file);
                } else if (entry.isFile()) {
                    Files.copy(tar, file);
                }
            }
        }
    }

    private static Path folderOf(Path file) {
        var folder = file.getParent();
        return folder == null ? file : folder;
    }

    private static void copyExecutable(InputStream content, Path file) throws IOException {
        Files.copy(content, file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static URL resource(@Nullable String name) {
        var found = name == null ? null : ServerBinaries.class.getResource(name);
        if (found == null) {
            throw new LocalServerFailed(
                    "There is no embedded server for %s on %s; use your own PostgreSQL and Redis instead"
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
        }
        return found;
    }

    /**
     * Distinguishes versions. A jar's directory already contains the checksum, which avoids reading the whole archive
     * at each start.
     */
    private static String checksum(URL resource) {
        try {
            var connection = resource.openConnection();
            if (connection instanceof JarURLConnection jar) {
                return Long.toHexString(jar.getJarEntry().getCrc());
            }
            try (var content = new CheckedInputStream(connection.getInputStream(), new CRC32())) {
                content.transferTo(OutputStream.nullOutputStream());
                return Long.toHexString(content.getChecksum().getValue());
            }
        } catch (IOException e) {
            throw new LocalServerFailed("The embedded server's archive cannot be read: " + resource, e);
        }
    }

    private static String system() {
        var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name;
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            case String other -> other;
        };
    }
}
