package dev.carillon.localservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL of a data folder. It runs in its own session, so that Ctrl-C in a terminal reaches Carillon and not
 * the database under it. Direct users of this class must make sure that nothing else serves the folder;
 * {@link LocalServers} does so with a lock.
 */
public final class LocalPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LocalPostgres.class);
    private static final String PROGRAM = "postgres";
    private static final int ATTEMPTS = 3;
    /** Long, because a start after a crash replays the log first. */
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    /** INT is a fast shutdown (rolls back, writes everything), QUIT an immediate one (recovers at the next start). */
    private static final List<ServerProcess.Step> STOP = List.of(
            new ServerProcess.Step("INT", Duration.ofSeconds(30)),
            new ServerProcess.Step("QUIT", Duration.ofSeconds(5)));

    private final PostgresPrograms programs;
    private final PostgresCluster cluster;
    private final ServerProcess process;
    private final Ports ports;
    private final Path logFile;
    private final LocalServers.Options options;
    private @Nullable PostgresAddress address;

    /** Does not prepare or start anything yet. */
    public LocalPostgres(Path dataFolder, LocalServers.Options options) {
        var folder = PrivateFile.folder(dataFolder);
        this.options = options;
        programs = new PostgresPrograms(ServerBinaries.cachedFor(folder).postgres());
        cluster = new PostgresCluster(folder, programs, options);
        process = new ServerProcess(PROGRAM, cluster.folder());
        ports = new Ports(folder.resolve("postgres.port"));
        logFile = folder.resolve("postgres.log");
    }

    /** The folder of the programs that serve a data folder; each version of PostgreSQL has its own. */
    public static Path programs(Path dataFolder) {
        return ServerBinaries.cachedFor(dataFolder).postgres();
    }

    /**
     * Starts the server, on its last port if that is free. A server that a killed process left behind is stopped first.
     *
     * @throws LocalServerFailed if it does not start
     */
    public synchronized PostgresAddress start() {
        long began = System.nanoTime();
        boolean leftBehind = process.stop(STOP);
        cluster.prepare();
        int port = startOnSomePort();
        ports.keep(port);
        var started = new PostgresAddress(
                Ports.HOST,
                port,
                PostgresCluster.DATABASE,
                PostgresCluster.OWNER,
                cluster.password(PostgresCluster.OWNER));
        address = started;
        log.atInfo()
                .addKeyValue("port", port)
                .addKeyValue("tookMillis", (System.nanoTime() - began) / 1_000_000)
                .addKeyValue("leftBehind", leftBehind)
                .log("embedded PostgreSQL started");
        return started;
    }

    /**
     * Where the server listens, or listened before it was stopped.
     *
     * @throws IllegalStateException before the first {@link #start()}
     */
    public synchronized PostgresAddress address() {
        if (address == null) {
            throw new IllegalStateException("not started yet");
        }
        return address;
    }

    /**
     * The superuser of the running server, for maintenance; Carillon itself never uses it.
     *
     * @throws IllegalStateException before the first {@link #start()}
     */
    public synchronized PostgresAddress superuser() {
        return new PostgresAddress(
                Ports.HOST,
                address().port(),
                PostgresCluster.SUPERUSER,
                PostgresCluster.SUPERUSER,
                cluster.password(PostgresCluster.SUPERUSER));
    }

    /** The pids of the running server; empty if it is stopped. */
    public Set<Long> pids() {
        return process.pids();
    }

    /**
     * Fast shutdown: open transactions roll back, everything committed is on disk. Does nothing if it is not running.
     */
    public synchronized void stop() {
        process.stop(STOP);
    }

    /** Stops the server and starts it again on the same port. */
    public synchronized void restart() {
        stop();
        start();
    }

    static void stopAllBelow(Path folder) {
        new ServerProcess(PROGRAM, folder).stop(STOP);
    }

    @Override
    public void close() {
        stop();
    }

    private int startOnSomePort() {
        for (int attempt = 1; ; attempt++) {
            int port = ports.choose();
            try {
                startOn(port);
                return port;
            } catch (LocalServerFailed e) {
                // Another process may have taken the port between the check and the start.
                if (attempt == ATTEMPTS || Ports.isFree(port)) {
                    throw e;
                }
            }
        }
    }

    private void startOn(int port) {
        keepOneOldLog();
        try {
            programs.run(
                    "pg_ctl",
                    List.of(
                            "start",
                            "--wait",
                            "--timeout=" + START_LIMIT.toSeconds(),
                            "--pgdata=" + cluster.folder(),
                            "--log=" + logFile,
                            "--options=" + serverOptions(port)),
                    START_LIMIT.plusSeconds(10));
        } catch (LocalServerFailed e) {
            throw new LocalServerFailed("PostgreSQL did not start. Its log says: " + logTail(), e);
        }
    }

    private String serverOptions(int port) {
        var settings = new TreeMap<>(Map.of(
                "listen_addresses", Ports.HOST,
                "port", Integer.toString(port),
                "unix_socket_directories", "",
                "max_connections", "120",
                "shared_buffers", "64MB",
                "timezone", "UTC",
                "log_timezone", "UTC",
                // All statements are short; compiling one costs more than it saves.
                "jit", "off",
                // The caller gets the error. Rows and statements, which contain texts of posts, stay out of the log.
                "log_min_error_statement", "panic",
                "log_error_verbosity", "terse"));
        if (!options.durable()) {
            settings.putAll(Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off"));
        }
        return settings.entrySet().stream()
                .map(setting -> "-c %s=%s".formatted(setting.getKey(), setting.getValue()))
                .collect(Collectors.joining(" "));
    }

    private void keepOneOldLog() {
        try {
            if (Files.exists(logFile)) {
                Files.move(logFile, logFile.resolveSibling("postgres.log.old"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new LocalServerFailed("Could not move the log file: " + logFile, e);
        }
    }

    private String logTail() {
        try {
            return Command.tail(Files.readString(logFile));
        } catch (IOException e) {
            return "(no log)";
        }
    }
}
