package dev.carillon.localservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Redis of a data folder, in its own session. It keeps snapshots (RDB: each minute with changes, and at an orderly
 * stop). A crash loses up to that minute, which is fine for disposable data. Every user of the machine can reach its
 * port, so it requires a login. Direct users of this class must make sure that nothing else serves the folder;
 * {@link LocalServers} does so with a lock.
 */
public final class LocalRedis implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LocalRedis.class);
    private static final String PROGRAM = "redis-server";
    private static final int ATTEMPTS = 3;
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final List<ServerProcess.Step> STOP =
            List.of(new ServerProcess.Step("TERM", Duration.ofSeconds(10)));

    private final Path folder;
    private final Path executable;
    private final ServerProcess process;
    private final Ports ports;
    /**
     * New for each instance, so for each start of Carillon: while the server is stopped, a program of another user can
     * take its port and collect the password.
     */
    private final RedisLogin login = RedisLogin.generate();

    private @Nullable RedisAddress address;

    /** Does not prepare or start anything yet. */
    public LocalRedis(Path dataFolder) {
        var parent = PrivateFile.folder(dataFolder);
        folder = PrivateFile.folder(parent.resolve("redis"));
        executable = ServerBinaries.cachedFor(parent).redis();
        process = new ServerProcess(PROGRAM, configuration());
        ports = new Ports(parent.resolve("redis.port"));
    }

    /**
     * Starts the server, on its last port if that is free. A server that a killed process left behind is stopped first.
     *
     * @throws LocalServerFailed if it does not start
     */
    public synchronized RedisAddress start() {
        long began = System.nanoTime();
        boolean leftBehind = process.stop(STOP);
        PrivateFile.write(folder.resolve("carillon.password"), login.password());
        int port = startOnSomePort();
        ports.keep(port);
        var started = login.at(Ports.HOST, port);
        address = started;
        log.atInfo()
                .addKeyValue("port", port)
                .addKeyValue("tookMillis", (System.nanoTime() - began) / 1_000_000)
                .addKeyValue("leftBehind", leftBehind)
                .log("embedded Redis started");
        return started;
    }

    /**
     * Where the server listens, or listened before it was stopped.
     *
     * @throws IllegalStateException before the first {@link #start()}
     */
    public synchronized RedisAddress address() {
        if (address == null) {
            throw new IllegalStateException("not started yet");
        }
        return address;
    }

    /** The pids of the running server; empty if it is stopped. */
    public Set<Long> pids() {
        return process.pids();
    }

    /** Orderly stop with a snapshot. Does nothing if it is not running. */
    public synchronized void stop() {
        process.stop(STOP);
    }

    /** Stops the server and starts it again on the same port. */
    public synchronized void restart() {
        stop();
        start();
    }

    /**
     * Deletes all data.
     *
     * @throws UncheckedIOException if the server is not running
     */
    public void flush() {
        try {
            var reply = RedisCommand.of("FLUSHALL").sendTo(address());
            if (!reply.equals("+OK")) {
                throw new IllegalStateException("Redis did not delete its data: " + reply);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            if (startOn(port)) {
                return port;
            }
            if (attempt == ATTEMPTS) {
                throw new LocalServerFailed("Redis did not start. Its log says: " + logTail());
            }
            if (Ports.isFree(port)) {
                // The port is free, so the snapshot is the cause. Redis holds only disposable data, which is no reason
                // for a start to fail.
                setSnapshotAside();
            }
        }
    }

    /**
     * Whether the server started. The program forks and returns before the server knows, so its exit status says
     * little.
     */
    private boolean startOn(int port) {
        try {
            PrivateFile.restrict(folder);
            Files.deleteIfExists(pidFile());
            Files.deleteIfExists(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PrivateFile.write(configuration(), settings(port));
        Command.of(List.of(executable.toString(), configuration().toString())).run(START_LIMIT);
        Waiting.until(START_LIMIT, () -> answers(port) || !process.running());
        return answers(port) && process.running();
    }

    private boolean answers(int port) {
        // The server writes this file once it listens, so another server on this port is not mistaken for ours.
        try {
            return Files.exists(pidFile())
                    && RedisCommand.of("PING")
                            .sendTo(login.at(Ports.HOST, port))
                            .equals("+PONG");
        } catch (IOException e) {
            return false;
        }
    }

    private String settings(int port) {
        return """
                bind %s
                port %d
                protected-mode yes
                daemonize yes
                dir "%s"
                pidfile "%s"
                logfile "%s"
                # The command line must keep the path of this file, which identifies the server.
                set-proc-title no
                save 60 1
                appendonly no
                stop-writes-on-bgsave-error no
                maxmemory 256mb
                maxmemory-policy allkeys-lru
                tcp-backlog 128
                %s""".formatted(Ports.HOST, port, quoted(folder), quoted(pidFile()), quoted(logFile()), login.settings());
    }

    private static String quoted(Path path) {
        return path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private void setSnapshotAside() {
        var snapshot = folder.resolve("dump.rdb");
        try {
            if (Files.exists(snapshot)) {
                Files.move(snapshot, folder.resolve("dump.rdb.unreadable"), StandardCopyOption.REPLACE_EXISTING);
                log.atWarn().addKeyValue("file", snapshot).log("Redis could not read its snapshot and starts empty");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path configuration() {
        return folder.resolve("redis.conf");
    }

    private Path pidFile() {
        return folder.resolve("redis.pid");
    }

    private Path logFile() {
        return folder.resolve("redis.log");
    }

    private String logTail() {
        try {
            return Command.tail(Files.readString(logFile()));
        } catch (IOException e) {
            return "(no log)";
        }
    }
}
