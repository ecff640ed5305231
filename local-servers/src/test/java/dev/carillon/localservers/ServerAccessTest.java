package dev.carillon.localservers;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every user of the machine can connect to the servers' ports; only the owner of the data folder can log in. */
class ServerAccessTest {
    private static final String PASSWORD = "[A-Za-z0-9_-]{43}";

    @TempDir
    private static Path parent;

    private static Path folder;
    private static LocalServers servers;

    @BeforeAll
    static void start() {
        folder = parent.resolve("data");
        servers = Servers.start(folder);
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PING",
                "EVAL \"return 1\" 0",
                "INFO",
                "CONFIG GET dir",
                "FLUSHALL",
                "AUTH guessed",
                "AUTH default guessed",
                "AUTH carillon guessed",
                "HELLO 2 AUTH default guessed"
            })
    void redisDoesNothingForAClientWithoutThePassword(String command) throws IOException {
        assertThat(withoutLogin(command)).matches("-(NOAUTH|WRONGPASS) .*");
    }

    @Test
    void aRefusedLoginOfRedisDoesNotRepeatThePassword() {
        var wrong = new RedisAddress(servers.redis().host(), servers.redis().port(), "carillon", "guessed");

        assertThatThrownBy(() -> RedisCommand.of("PING").sendTo(wrong))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("WRONGPASS")
                .hasMessageNotContaining("guessed");
    }

    // With one of these commands, a client could write any file of the owner, load code, or stop the server.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONFIG GET dir",
                "CONFIG SET dir /tmp",
                "DEBUG SLEEP 0",
                "MODULE LOAD /tmp/module.so",
                "SHUTDOWN NOSAVE",
                "REPLICAOF 127.0.0.1 1",
                "SLAVEOF 127.0.0.1 1",
                "MIGRATE 127.0.0.1 1 bell 0 1",
                "RESTORE bell 0 x",
                "SAVE",
                "BGSAVE",
                "BGREWRITEAOF",
                "ACL LIST",
                "MONITOR",
                "CLIENT LIST",
                "SYNC"
            })
    void theLoginOfCarillonCannotAdministerRedis(String command) throws IOException {
        assertThat(Servers.redis(servers.redis(), command)).startsWith("-NOPERM");
    }

    @Test
    void aScriptCannotAdministerRedisEither() throws IOException {
        var reply = RedisCommand.of("EVAL", "return redis.call('CONFIG', 'GET', 'dir')", "0")
                .sendTo(servers.redis());

        assertThat(reply).startsWith("-");
        assertThat(RedisCommand.of("EVAL", "return redis.call('TIME')[1]", "0").sendTo(servers.redis()))
                .matches("\\d+");
    }

    @Test
    void aPasswordOfRedisIsValidForOneStart() throws IOException {
        var other = parent.resolve("renewed");
        RedisAddress first;
        try (var redis = new LocalRedis(other)) {
            first = redis.start();
        }

        try (var redis = new LocalRedis(other)) {
            var second = redis.start();
            var outdated = new RedisAddress(second.host(), second.port(), first.user(), first.password());
            assertThatThrownBy(() -> RedisCommand.of("PING").sendTo(outdated)).hasMessageContaining("WRONGPASS");
            assertThat(Servers.redis(second, "PING")).isEqualTo("+PONG");
            assertThat(other.resolve("redis/carillon.password")).hasContent(second.password());
        }
    }

    @Test
    void postgresRefusesAMissingAndAWrongPassword() {
        var url = servers.postgres().jdbcUrl();

        for (var user : List.of(PostgresCluster.OWNER, PostgresCluster.SUPERUSER)) {
            for (var password : List.of("", "guessed")) {
                assertThatThrownBy(() -> DriverManager.getConnection(url, user, password))
                        .as("%s with the password '%s'", user, password)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("password");
            }
        }
    }

    @Test
    void postgresDemandsAPasswordOnEveryWayIn() throws SQLException {
        var superuser = servers.postgresServer().superuser();

        assertThat(Servers.query(
                        superuser,
                        "SELECT string_agg(DISTINCT coalesce(auth_method, error), ' ') FROM pg_hba_file_rules"))
                .isEqualTo("scram-sha-256");
        assertThat(Servers.query(superuser, "SHOW unix_socket_directories")).isEmpty();
        assertThat(Servers.query(superuser, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(Servers.query(
                        superuser,
                        "SELECT bool_and(rolpassword LIKE 'SCRAM-SHA-256$%') FROM pg_authid WHERE rolcanlogin"))
                .isEqualTo("t");
    }

    @Test
    void onlyTheOwnerCanReadWhatIsInTheDataFolder() throws Exception {
        Servers.update(servers.postgres(), "CREATE TABLE IF NOT EXISTS bell AS SELECT 'rung' AS state");
        assertThat(Servers.redis(servers.redis(), "SET bell rung")).isEqualTo("+OK");
        servers.postgresServer().restart();
        servers.redisServer().restart();

        assertThat(folder.resolve("postgres.log.old")).exists();
        assertThat(folder.resolve("redis/dump.rdb")).exists();
        assertThat(openToOthers(folder)).as("files that others may use").isEmpty();
    }

    // Every user can see the arguments, and every program of the same user the environment.
    @Test
    @Tag("slow")
    @EnabledOnOs(OS.LINUX)
    void noSecretIsInTheArgumentsOrTheEnvironmentOfAServer() throws IOException {
        var other = parent.resolve("observed");
        try (var holder = OtherJvm.on(other, Map.of("CARILLON_MASTER_KEY", "master-hush", "PGPASSWORD", "client-hush"))
                .awaitReady()) {
            assertThat(holder.process().isAlive()).isTrue();
            var secrets = new ArrayList<>(List.of("master-hush", "client-hush"));
            for (var file : List.of("carillon_owner.password", "postgres.password", "redis/carillon.password")) {
                secrets.add(Files.readString(other.resolve(file)).strip());
            }
            assertThat(secrets).doesNotContain("");

            var processes = processesOf(other);
            assertThat(processes)
                    .as("both servers, and the processes under PostgreSQL")
                    .hasSizeGreaterThan(2);
            for (long pid : processes) {
                assertThat(procFile(pid, "cmdline")).as("arguments of %d", pid).doesNotContain(secrets);
                assertThat(procFile(pid, "environ"))
                        .as("environment of %d", pid)
                        .doesNotContain(secrets);
            }
        }
    }

    @Test
    @Tag("slow")
    void aFolderOfAnEarlierVersionIsProtectedAtItsNextStart() throws Exception {
        var earlier = parent.resolve("earlier");
        try (var started = Servers.start(earlier)) {
            assertThat(Servers.redis(started.redis(), "SET bell rung")).isEqualTo("+OK");
        }
        Files.delete(earlier.resolve("redis/carillon.password"));
        Files.writeString(earlier.resolve("redis/redis.conf"), "bind 127.0.0.1\nprotected-mode yes\n");
        for (var name : List.of("lock", "redis/redis.log", "redis/redis.conf", "redis/dump.rdb")) {
            Files.setPosixFilePermissions(earlier.resolve(name), PosixFilePermissions.fromString("rw-r--r--"));
        }

        try (var started = Servers.start(earlier)) {
            assertThat(Servers.redis(started.redis(), "GET bell")).isEqualTo("rung");
            assertThat(Files.readString(earlier.resolve("redis/carillon.password")))
                    .matches(PASSWORD);
            assertThat(openToOthers(earlier)).as("files that others may use").isEmpty();
        }
    }

    /** The reply to a client that does not log in. */
    private static String withoutLogin(String command) throws IOException {
        var address = servers.redis();
        try (var socket = new Socket(address.host(), address.port());
                var replies =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            return replies.readLine();
        }
    }

    /** Folders that are not 0700, and files that are neither 0600 nor, as programs, 0700. */
    private static List<String> openToOthers(Path root) throws IOException {
        var found = new ArrayList<String>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                check(path, Set.of("rwx------"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    check(path, Set.of("rw-------", "rwx------"));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
                return skipIfGone(path, failure);
            }

            private void check(Path path, Set<String> allowed) throws IOException {
                try {
                    var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path, NOFOLLOW_LINKS));
                    if (!allowed.contains(mode)) {
                        found.add("%s has %s".formatted(root.relativize(path), mode));
                    }
                } catch (IOException e) {
                    skipIfGone(path, e);
                }
            }
        });
        return found;
    }

    /** The servers are running and delete files of their own. */
    private static FileVisitResult skipIfGone(Path path, IOException failure) throws IOException {
        if (Files.exists(path, NOFOLLOW_LINKS)) {
            throw failure;
        }
        return FileVisitResult.CONTINUE;
    }

    private static Set<Long> processesOf(Path dataFolder) throws IOException {
        var pids = new HashSet<>(Servers.redisOf(dataFolder).pids());
        for (long pid : Servers.postgresOf(dataFolder).pids()) {
            pids.add(pid);
            ProcessHandle.of(pid).ifPresent(postgres -> postgres.descendants().forEach(child -> pids.add(child.pid())));
        }
        return pids;
    }

    /** Empty for a process that has ended meanwhile. */
    private static String procFile(long pid, String name) throws IOException {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), name), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            if (ProcessHandle.of(pid).isPresent()) {
                throw e;
            }
            return "";
        }
    }
}
