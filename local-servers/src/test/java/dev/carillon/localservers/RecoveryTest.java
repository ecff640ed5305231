package dev.carillon.localservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RecoveryTest {
    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void nameFolder() {
        folder = parent.resolve("data");
    }

    @Test
    void serversLeftBehindByAKilledProcessAreReplaced() throws Exception {
        try (var killed = OtherJvm.on(folder).awaitReady()) {
            killed.kill();
        }
        var orphanedPostgres = Servers.postgresOf(folder).pids();
        var orphanedRedis = Servers.redisOf(folder).pids();
        assertThat(orphanedPostgres).hasSize(1);
        assertThat(orphanedRedis).hasSize(1);

        try (var servers = Servers.start(folder)) {
            assertThat(Servers.query(servers.postgres(), "SELECT 1")).isEqualTo("1");
            assertThat(servers.postgresServer().pids()).hasSize(1).doesNotContainAnyElementsOf(orphanedPostgres);
            assertThat(servers.redisServer().pids()).hasSize(1).doesNotContainAnyElementsOf(orphanedRedis);
        }
    }

    @Test
    void whatWasCommittedSurvivesAKillOfEverything() throws Exception {
        try (var killed = OtherJvm.on(folder).awaitReady()) {
            var address = addressFromFiles();
            Servers.update(address, "CREATE TABLE bell AS SELECT 'rung' AS state");
            killed.kill();
        }
        kill9(Servers.postgresOf(folder));
        kill9(Servers.redisOf(folder));

        try (var servers = Servers.start(folder)) {
            assertThat(Servers.query(servers.postgres(), "SELECT state FROM bell"))
                    .isEqualTo("rung");
        }
    }

    private PostgresAddress addressFromFiles() throws Exception {
        int port = Integer.parseInt(Files.readString(folder.resolve("postgres.port")));
        var password = Files.readString(folder.resolve("carillon_owner.password"));
        return new PostgresAddress("127.0.0.1", port, "carillon", "carillon_owner", password);
    }

    private static void kill9(ServerProcess server) {
        server.pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void anInterruptedInitializationIsStartedOver() throws Exception {
        var staging = Files.createDirectories(folder.resolve("postgres.new.1234/base"));
        Files.writeString(staging.resolve("../PG_VERSION"), "18\n");
        Files.createDirectories(folder.resolve("postgres"));

        try (var servers = Servers.start(folder)) {
            assertThat(Servers.query(servers.postgres(), "SELECT 1")).isEqualTo("1");
        }
        assertThat(folder.resolve("postgres.new.1234")).doesNotExist();
    }

    @Test
    void aDamagedClusterIsLeftAloneAndNamed() throws Exception {
        Servers.start(folder).close();
        Files.delete(folder.resolve("postgres/PG_VERSION"));

        assertThatThrownBy(() -> Servers.start(folder))
                .isInstanceOf(LocalServerFailed.class)
                .hasMessageContaining("is damaged");

        assertThat(folder.resolve("postgres/global/pg_control")).exists();
        assertThat(Servers.redisOf(folder).pids()).isEmpty();
    }

    @Test
    void tornFilesAreReplacedAndTheDataStays() throws Exception {
        try (var servers = Servers.start(folder)) {
            Servers.update(servers.postgres(), "CREATE TABLE bell AS SELECT 'rung' AS state");
        }
        Files.writeString(folder.resolve("carillon_owner.password"), "torn");
        Files.delete(folder.resolve("postgres.password"));
        Files.writeString(folder.resolve("postgres.port"), "");
        Files.write(folder.resolve("redis.port"), new byte[] {(byte) 0xff, 0, 7});
        Files.writeString(folder.resolve("lock"), "not a pid");
        Files.writeString(folder.resolve("postgres/postmaster.pid"), "garbage\n");
        Files.writeString(folder.resolve("redis/redis.pid"), "garbage");
        Files.writeString(folder.resolve("redis/redis.conf"), "garbage");

        try (var servers = Servers.start(folder)) {
            assertThat(Servers.query(servers.postgres(), "SELECT state FROM bell"))
                    .isEqualTo("rung");
            assertThat(Servers.redis(servers.redis(), "PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void anUnreadableSnapshotOfRedisIsSetAside() throws Exception {
        Servers.start(folder).close();
        Files.writeString(folder.resolve("redis/dump.rdb"), "REDIS0009 and then nothing");

        try (var servers = Servers.start(folder)) {
            assertThat(Servers.redis(servers.redis(), "PING")).isEqualTo("+PONG");
        }
    }

    // After a restart of the machine, the old pid may belong to any program, and PostgreSQL by itself would refuse to
    // start.
    @Test
    void aPidFileThatNamesAnotherLivingProcessDoesNotStopTheStart() throws Exception {
        try (var killed = OtherJvm.on(folder).awaitReady()) {
            killed.kill();
        }
        var pidFile = folder.resolve("postgres/postmaster.pid");
        var lines = new ArrayList<>(Files.readAllLines(pidFile, StandardCharsets.UTF_8));
        kill9(Servers.postgresOf(folder));
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(pidFile, lines);

        try (var servers = Servers.start(folder)) {
            assertThat(Servers.query(servers.postgres(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aPortThatWasTakenMeanwhileIsGivenUp() throws Exception {
        int port;
        try (var servers = Servers.start(folder)) {
            port = servers.postgres().port();
        }

        try (var other = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
                var servers = Servers.start(folder)) {
            assertThat(servers.postgres().port()).isNotEqualTo(other.getLocalPort());
            assertThat(Servers.query(servers.postgres(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void twoFirstStartsAtOnceUnpackTheProgramsWithoutDisturbingEachOther() throws Exception {
        var cache = Map.of("XDG_CACHE_HOME", parent.resolve("cache").toString());

        try (var one = OtherJvm.on(parent.resolve("one"), cache);
                var two = OtherJvm.on(parent.resolve("two"), cache)) {
            one.awaitReady();
            two.awaitReady();
        }

        try (var unpacked = Files.list(parent.resolve("cache/carillon"))) {
            assertThat(unpacked.map(Path::getFileName).map(Path::toString))
                    .allMatch(name -> name.matches("(postgres|redis)-[0-9a-f]+"));
        }
        assertThat(Servers.postgresOf(parent.resolve("one")).running()).isFalse();
    }

    @Test
    void aShutdownDuringTheStartLeavesNoServerBehind() throws Exception {
        try (var exiting = OtherJvm.on(folder, Map.of(), "exit-while-starting")) {
            exiting.awaitEnd();
        }

        assertThat(Servers.postgresOf(folder).pids()).isEmpty();
        assertThat(Servers.redisOf(folder).pids()).isEmpty();
    }
}
