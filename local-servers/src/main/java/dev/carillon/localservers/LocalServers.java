package dev.carillon.localservers;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The started servers of one data folder. They stop only on {@link #close()}: no shutdown hook ends them, and Ctrl-C
 * does not reach them, so that Carillon can drain its work first. If the process is killed instead, they keep running,
 * and the next start on the folder stops them before it starts its own.
 */
public final class LocalServers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LocalServers.class);

    private final FolderLock lock;
    private final LocalPostgres postgres;
    private final LocalRedis redis;

    /**
     * How the servers run.
     *
     * @param durable whether a commit is on disk when PostgreSQL confirms it; tests do without
     */
    public record Options(boolean durable) {
        /** For all data that matters. */
        public static final Options DURABLE = new Options(true);

        /** For tests: a crash of the machine may lose the data. */
        public static final Options FORGETFUL = new Options(false);
    }

    private LocalServers(FolderLock lock, LocalPostgres postgres, LocalRedis redis) {
        this.lock = lock;
        this.postgres = postgres;
        this.redis = redis;
    }

    /** As {@link #start(Path, Options)}, durable. */
    public static LocalServers start(Path dataFolder) {
        return start(dataFolder, Options.DURABLE);
    }

    /**
     * Starts both servers on the data folder, which is created (mode 0700) if it is missing. Returns when both accept
     * connections.
     *
     * @throws DataFolderInUse if another instance uses the folder
     * @throws LocalServerFailed if a server does not start, or the JVM began to shut down meanwhile
     */
    public static LocalServers start(Path dataFolder, Options options) {
        try (var starting = new StartInProgress()) {
            var folder = PrivateFile.folder(dataFolder);
            return started(folder, FolderLock.take(folder), options, starting);
        }
    }

    /**
     * Deletes a data folder and its content, after stopping servers that a killed process left running on it or below
     * it. Does nothing if the folder is in use.
     */
    public static void discard(Path dataFolder) {
        var folder = PrivateFile.folder(dataFolder);
        try (var lock = FolderLock.take(folder)) {
            if (lock.isHeld()) {
                LocalPostgres.stopAllBelow(folder);
                LocalRedis.stopAllBelow(folder);
                Folders.delete(folder);
            }
        } catch (DataFolderInUse e) {
            log.atDebug().addKeyValue("folder", folder).log("data folder is in use and was not deleted");
        }
    }

    private static LocalServers started(Path folder, FolderLock lock, Options options, StartInProgress starting) {
        boolean started = false;
        try {
            var servers = new LocalServers(lock, new LocalPostgres(folder, options), new LocalRedis(folder));
            servers.startBoth(starting);
            started = true;
            return servers;
        } finally {
            if (!started) {
                lock.close();
            }
        }
    }

    private void startBoth(StartInProgress starting) {
        boolean started = false;
        try {
            redis.start();
            postgres.start();
            starting.refuseIfShuttingDown();
            started = true;
        } finally {
            if (!started) {
                stopBoth();
            }
        }
    }

    /** Where PostgreSQL listens. */
    public PostgresAddress postgres() {
        return postgres.address();
    }

    /** Where Redis listens. */
    public RedisAddress redis() {
        return redis.address();
    }

    /** PostgreSQL alone, so that fault tests can stop and start it. */
    public LocalPostgres postgresServer() {
        return postgres;
    }

    /** Redis alone, so that fault tests can stop and start it. */
    public LocalRedis redisServer() {
        return redis;
    }

    /** Stops both servers and frees the folder; a second call does nothing. */
    @Override
    public synchronized void close() {
        if (lock.isHeld()) {
            try {
                stopBoth();
            } finally {
                lock.close();
            }
        }
    }

    private void stopBoth() {
        try (postgres) {
            redis.stop();
        }
    }

    /**
     * Covers the time in which {@link #close()} cannot be called yet: a shutdown during a start waits for the start to
     * end, and the start then stops its servers again.
     */
    private static final class StartInProgress implements AutoCloseable {
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private final Thread hook = new Thread(end::join, "local-servers-start");

        StartInProgress() {
            Runtime.getRuntime().addShutdownHook(hook);
        }

        void refuseIfShuttingDown() {
            if (!withdrawHook()) {
                throw new LocalServerFailed("The start was canceled because the process is shutting down");
            }
        }

        @Override
        public void close() {
            end.complete(null);
            withdrawHook();
        }

        /** Whether the hook will no longer run: it cannot be removed once a shutdown has begun. */
        private boolean withdrawHook() {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        }
    }
}
