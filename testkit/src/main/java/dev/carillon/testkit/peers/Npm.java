package dev.carillon.testkit.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The machine's own {@code npm}, run in one folder. */
record Npm(Path folder, Map<String, String> environment) {
    private static final int PATIENCE_MINUTES = 10;
    private static final int SHOWN_LINES = 15;
    private static final List<String> CLEAN_INSTALL =
            List.of("npm", "ci", "--omit=dev", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error");

    Npm {
        environment = Map.copyOf(environment);
    }

    void installWhatIsLocked(String name) throws IOException, PeerMissing {
        System.err.println("installing " + name + " from npm, once per machine; this can take minutes");
        var log = folder.resolve("install.log");
        var builder = new ProcessBuilder(CLEAN_INSTALL)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var npm = start(builder);
        if (!ended(npm)) {
            npm.descendants().forEach(ProcessHandle::destroyForcibly);
            npm.destroyForcibly();
            throw new PeerMissing("npm did not install %s within %d minutes".formatted(name, PATIENCE_MINUTES));
        }
        if (npm.exitValue() != 0) {
            throw new PeerMissing("npm could not install %s:%n%s".formatted(name, end(log)));
        }
    }

    private static Process start(ProcessBuilder builder) throws PeerMissing {
        try {
            return builder.start();
        } catch (IOException noSuchProgram) {
            throw new PeerMissing("there is no npm on the PATH", noSuchProgram);
        }
    }

    private static boolean ended(Process process) {
        try {
            return process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String end(Path log) throws IOException {
        var lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }
}
