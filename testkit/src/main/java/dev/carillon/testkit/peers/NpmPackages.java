package dev.carillon.testkit.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The npm packages that one peer needs, pinned by a lock file next to its scripts. They are installed once per machine
 * and content, in their own folder below {@code $CARILLON_PEERS}, by default {@code ~/.cache/carillon/peers}.
 *
 * @param name also the folder of its files among the resources
 * @param scripts files next to {@code package.json} and {@code package-lock.json}
 */
record NpmPackages(String name, List<String> scripts) {
    private static final String INSTALLED = "installed";
    private static final List<String> MANIFESTS = List.of("package.json", "package-lock.json");
    private static final int KEPT_DIGITS = 12;

    NpmPackages {
        scripts = List.copyOf(scripts);
    }

    /** The folder that holds the scripts and {@code node_modules}; installs first if necessary, which takes minutes. */
    Path install(Map<String, String> environment) throws PeerMissing {
        try {
            var home = Files.createDirectories(cache());
            var folder = home.resolve(name + "-" + fingerprint());
            // Two JVMs of one build may get here at once, and so may two threads of one JVM, between which the file
            // lock has no effect.
            synchronized (NpmPackages.class) {
                try (var channel = FileChannel.open(
                                home.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var _ = channel.lock()) {
                    if (!Files.exists(folder.resolve(INSTALLED))) {
                        installInto(folder, environment);
                    }
                }
            }
            return folder;
        } catch (IOException e) {
            throw new PeerMissing("%s could not be installed: %s".formatted(name, e), e);
        }
    }

    private void installInto(Path folder, Map<String, String> environment) throws IOException, PeerMissing {
        Files.createDirectories(folder);
        for (var file : files().toList()) {
            try (var content = open(file)) {
                Files.copy(content, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        new Npm(folder, environment).installWhatIsLocked(name);
        Files.createFile(folder.resolve(INSTALLED));
    }

    private String fingerprint() throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var file : files().toList()) {
                try (var content = open(file)) {
                    digest.update(content.readAllBytes());
                }
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, KEPT_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    private Stream<String> files() {
        return Stream.concat(MANIFESTS.stream(), scripts.stream());
    }

    private InputStream open(String file) {
        var resource = name + "/" + file;
        return Objects.requireNonNull(NpmPackages.class.getResourceAsStream(resource), resource);
    }

    private static Path cache() {
        return Optional.ofNullable(System.getenv("CARILLON_PEERS"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "carillon", "peers"));
    }

    /** Deletes a folder of temporary data. */
    static void deleteAll(Path folder) {
        try (var found = Files.walk(folder)) {
            for (var path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
