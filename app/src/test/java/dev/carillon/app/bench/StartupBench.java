package dev.carillon.app.bench;

import dev.carillon.core.sealing.MasterKey;
import dev.carillon.localservers.LocalServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How long it takes from the command to the ready line, and how much memory the JVM holds when idle. */
public final class StartupBench {
    private static final int ROUNDS = 3;
    private static final Duration IDLE = Duration.ofSeconds(15);

    private final String launcher = System.getenv("CARILLON_LAUNCHER");
    private final Path folder;

    private StartupBench(Path folder) {
        this.folder = folder;
    }

    /** Takes about a minute. */
    public static void main(String[] arguments) throws Exception {
        var bench = new StartupBench(Files.createTempDirectory("carillon-bench"));
        bench.embedded();
        bench.named();
    }

    private void embedded() throws Exception {
        var data = folder.resolve("data").toString();
        once("embedded servers, first start", Map.of(), false, "--data", data);
        for (int round = 1; round <= ROUNDS; round++) {
            once("embedded servers, start " + (round + 1), Map.of(), round == ROUNDS, "--data", data);
        }
    }

    private void named() throws Exception {
        try (var servers = LocalServers.start(folder.resolve("servers"))) {
            var owner = servers.postgres();
            var environment = Map.of(
                    "CARILLON_DATABASE_URL",
                    "postgresql://%s:%s@%s:%d/%s"
                            .formatted(owner.user(), owner.password(), owner.host(), owner.port(), owner.database()),
                    "CARILLON_REDIS_URL",
                    servers.redis().uri(),
                    "CARILLON_MASTER_KEY",
                    MasterKey.generate());
            once("named servers, first start", environment, false);
            for (int round = 1; round <= ROUNDS; round++) {
                once("named servers, start " + (round + 1), environment, round == ROUNDS);
            }
        }
    }

    private void once(String what, Map<String, String> environment, boolean idle, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(launcher, "up", "--port", "0"));
        command.addAll(List.of(arguments));
        var output = Files.createTempFile(folder, "up", ".log");
        try (var carillon = CarillonProcess.start(output, environment, command)) {
            print(what, "%.2f s".formatted(carillon.awaitReady().toMillis() / 1000.0));
            if (idle) {
                print("  resident when ready", residentMegabytes(carillon.pid()));
                new CountDownLatch(1).await(IDLE.toSeconds(), TimeUnit.SECONDS);
                print("  resident after %d s idle".formatted(IDLE.toSeconds()), residentMegabytes(carillon.pid()));
            }
        }
    }

    private static String residentMegabytes(long pid) throws IOException {
        var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        var kilobytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return "%d MB".formatted(Long.parseLong(kilobytes) / 1024);
    }

    private static void print(String what, String number) {
        System.out.printf("%-40s %10s%n", what, number);
    }
}
