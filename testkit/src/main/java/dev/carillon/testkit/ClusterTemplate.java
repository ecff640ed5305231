package dev.carillon.testkit;

import dev.carillon.localservers.LocalPostgres;
import dev.carillon.localservers.LocalServers;
import dev.carillon.migrations.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A migrated PostgreSQL cluster on disk, created once per version of the migrations and copied by every test JVM:
 * copying its files takes a fraction of the time of {@code initdb} and all migrations. It is stored in
 * {@code ~/.cache/carillon}, and a change of any migration creates a new one.
 */
final class ClusterTemplate {
    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "carillon");
    private static final String NAME = "test-cluster-";
    /** Branches with other migrations keep their templates for this long after the last use. */
    private static final Duration KEPT = Duration.ofDays(7);

    private ClusterTemplate() {}

    /** Fills a data folder, which must not exist yet, with the files of a migrated cluster. Starts no server. */
    static void copyTo(Path dataFolder) {
        try {
            Files.createDirectories(CACHE);
            // One JVM at a time, so that a template that is being created, copied or removed is left alone.
            try (var lock = FileChannel.open(
                    CACHE.resolve("test-cluster.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                copy(template(), dataFolder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path template() throws IOException {
        var template = CACHE.resolve(NAME + fingerprint());
        if (!Files.isDirectory(template)) {
            removeUnused();
            var making = Files.createTempDirectory(CACHE, "making-cluster-");
            try {
                make(making);
                Files.move(making, template, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                LocalServers.discard(making);
            }
        }
        Files.setLastModifiedTime(template, FileTime.from(Instant.now()));
        return template;
    }

    private static void make(Path folder) {
        try (var servers = LocalServers.start(folder, LocalServers.Options.FORGETFUL);
                var pool = TestDatabase.newPool(
                        servers.postgres(),
                        servers.postgres().user(),
                        servers.postgres().password())) {
            Migrations.run(pool, TestDatabase.PASSWORDS);
        }
    }

    private static void copy(Path template, Path dataFolder) throws IOException {
        Files.createDirectories(
                dataFolder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (var files = Files.walk(template)) {
            for (var file : files.filter(file -> isOfTheCluster(template.relativize(file)))
                    .toList()) {
                Files.copy(
                        file,
                        dataFolder.resolve(template.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Ports, logs, locks and Redis belong to the process that created them. */
    private static boolean isOfTheCluster(Path file) {
        var first = file.getName(0).toString();
        return first.equals("postgres") || first.endsWith(".password");
    }

    private static void removeUnused() throws IOException {
        var limit = Instant.now().minus(KEPT);
        try (var templates = Files.newDirectoryStream(CACHE, "{" + NAME + ",making-cluster-}*")) {
            for (var template : templates) {
                if (Files.isDirectory(template)
                        && Files.getLastModifiedTime(template).toInstant().isBefore(limit)) {
                    LocalServers.discard(template);
                }
            }
        }
    }

    /**
     * Covers everything that shapes the cluster: the migrations, the code that applies them, the passwords, the
     * server's version.
     */
    private static String fingerprint() throws IOException {
        var digest = sha256();
        var passwords = TestDatabase.PASSWORDS;
        for (var part : List.of(
                LocalPostgres.programs(CACHE).toString(), passwords.app(), passwords.dispatch(), passwords.sandbox())) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
        }
        var place = Path.of(URI.create(Migrations.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        if (Files.isDirectory(place)) {
            add(place, digest);
        } else {
            try (var jar = FileSystems.newFileSystem(place, Map.of())) {
                add(jar.getPath("/"), digest);
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static void add(Path root, MessageDigest digest) throws IOException {
        for (var folder : Stream.of("db", "dev").map(root::resolve).toList()) {
            try (var files = Files.walk(folder)) {
                for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                    digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                    digest.update(Files.readAllBytes(file));
                }
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
