package dev.carillon.localservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one PostgreSQL: the cluster itself and the passwords of its two roles. A cluster is created under a
 * staging name and renamed once it is complete, so the one under the final name is always complete and is never deleted
 * here.
 */
final class PostgresCluster {
    static final String DATABASE = "carillon";
    static final String OWNER = "carillon_owner";
    static final String SUPERUSER = "postgres";

    private static final Logger log = LoggerFactory.getLogger(PostgresCluster.class);
    private static final Duration INIT_LIMIT = Duration.ofMinutes(2);
    private static final String PASSWORD_SHAPE = "[A-Za-z0-9_-]{43}";
    private static final String STAGING = "postgres.new.";
    /** Greater than any pid that Linux or macOS assigns. */
    private static final String NO_PID = Integer.toString(Integer.MAX_VALUE);

    private final Path dataFolder;
    private final PostgresPrograms programs;
    private final LocalServers.Options options;

    PostgresCluster(Path dataFolder, PostgresPrograms programs, LocalServers.Options options) {
        this.dataFolder = dataFolder;
        this.programs = programs;
        this.options = options;
    }

    Path folder() {
        return dataFolder.resolve("postgres");
    }

    /**
     * Creates the cluster if there is none, and sets new passwords if their files are lost. No server may be running.
     */
    void prepare() {
        sweepStaging();
        if (isMissing()) {
            create();
        } else if (!isComplete()) {
            throw new LocalServerFailed(
                    "%s is damaged: it is neither empty nor a complete PostgreSQL cluster. It was left"
                                    .formatted(folder())
                            + " as it is; restore it from a backup or move it away.");
        }
        forgetReusedPid();
        if (password(OWNER).isEmpty() || password(SUPERUSER).isEmpty()) {
            log.atWarn()
                    .addKeyValue("folder", dataFolder)
                    .log("password file is missing or unreadable; setting new passwords");
            setNewPasswords();
        }
    }

    /** Empty if the file is missing or garbled. */
    String password(String role) {
        return PrivateFile.read(passwordFile(role), PASSWORD_SHAPE).orElse("");
    }

    private Path passwordFile(String role) {
        return dataFolder.resolve(role + ".password");
    }

    private boolean isMissing() {
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder())) {
            return !content.iterator().hasNext();
        } catch (IOException e) {
            return !Files.exists(folder());
        }
    }

    private boolean isComplete() {
        return Files.exists(folder().resolve("PG_VERSION")) && Files.exists(folder().resolve("global/pg_control"));
    }

    private void create() {
        try {
            var staging = Files.createTempDirectory(dataFolder, STAGING);
            var superuserPassword = Passwords.generate();
            var ownerPassword = Passwords.generate();
            initialize(staging, superuserPassword);
            programs.single(
                    staging,
                    options,
                    "CREATE ROLE %s LOGIN CREATEROLE CREATEDB PASSWORD '%s'".formatted(OWNER, ownerPassword),
                    "CREATE DATABASE %s OWNER %s".formatted(DATABASE, OWNER));
            PrivateFile.write(passwordFile(SUPERUSER), superuserPassword);
            PrivateFile.write(passwordFile(OWNER), ownerPassword);
            PrivateFile.rename(staging, folder());
        } catch (IOException e) {
            throw new LocalServerFailed("Could not create a PostgreSQL cluster in " + dataFolder, e);
        }
    }

    private void initialize(Path staging, String superuserPassword) throws IOException {
        var passwordFile = dataFolder.resolve(staging.getFileName() + ".password");
        PrivateFile.write(passwordFile, superuserPassword);
        var arguments = new ArrayList<>(List.of(
                "--pgdata=" + staging,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // The same order and case rules on every machine, whatever its locale.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
        if (!options.durable()) {
            arguments.add("--no-sync");
        }
        programs.run("initdb", arguments, INIT_LIMIT);
        Files.delete(passwordFile);
    }

    /**
     * Uses single-user mode, which asks for no password. The files are written after the database, so a crash in
     * between only leads to another repetition.
     */
    private void setNewPasswords() {
        for (var role : List.of(OWNER, SUPERUSER)) {
            var fresh = Passwords.generate();
            programs.single(folder(), options, "ALTER ROLE %s PASSWORD '%s'".formatted(role, fresh));
            PrivateFile.write(passwordFile(role), fresh);
        }
    }

    /**
     * PostgreSQL refuses to start while the pid in its pid file is alive, even if that is some other program by now.
     * Call this only when no server of this folder is running. Only the pid is replaced: the rest of the file leads
     * PostgreSQL to shared memory that surviving children of a killed server may still use, which must still prevent
     * the start.
     */
    private void forgetReusedPid() {
        var file = folder().resolve("postmaster.pid");
        try {
            if (!Files.exists(file)) {
                return;
            }
            var lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
            if (lines.isEmpty() || !lines.getFirst().matches("\\d{1,10}")) {
                Files.delete(file);
            } else {
                lines.set(0, NO_PID);
                Files.write(file, lines, StandardCharsets.ISO_8859_1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sweepStaging() {
        try (var leftovers = Files.newDirectoryStream(dataFolder, STAGING + "*")) {
            leftovers.forEach(Folders::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
