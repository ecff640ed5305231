package dev.carillon.localservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalServersTest {
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

    @Test
    void dataAndAddressesSurviveAStopAndAStart() throws Exception {
        Servers.update(servers.postgres(), "CREATE TABLE tower AS SELECT 'built' AS state");
        assertThat(Servers.redis(servers.redis(), "SET tower built")).isEqualTo("+OK");
        var before = servers.postgres();

        servers.close();
        servers = Servers.start(folder);

        assertThat(servers.postgres()).isEqualTo(before);
        assertThat(Servers.query(servers.postgres(), "SELECT state FROM tower")).isEqualTo("built");
        assertThat(Servers.redis(servers.redis(), "GET tower")).isEqualTo("built");
    }

    @Test
    void closingTwiceLeavesNoProcessBehind() throws Exception {
        var other = parent.resolve("other");
        var closed = Servers.start(other);

        closed.close();
        closed.close();

        assertThat(Servers.postgresOf(other).pids()).isEmpty();
        assertThat(Servers.redisOf(other).pids()).isEmpty();
    }

    @Test
    void aSecondStartInTheSameProcessIsRefusedAndDisturbsNothing() throws Exception {
        assertThatThrownBy(() -> Servers.start(folder))
                .isInstanceOf(DataFolderInUse.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));

        assertThat(Servers.query(servers.postgres(), "SELECT 1")).isEqualTo("1");
    }

    // A refused start in this process must not release the lock, as closing a second channel on the lock file would.
    @Test
    void aStartInAnotherProcessIsRefusedAlsoAfterARefusalInThisOne() throws Exception {
        assertThatThrownBy(() -> Servers.start(folder)).isInstanceOf(DataFolderInUse.class);

        try (var other = OtherJvm.on(folder)) {
            assertThat(other.awaitEnd())
                    .contains("DataFolderInUse")
                    .contains(folder.toString())
                    .contains("pid " + ProcessHandle.current().pid());
        }
        assertThat(Servers.query(servers.postgres(), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void theOwnerMayCreateRolesAndDatabasesButIsNoSuperuser() throws Exception {
        assertThat(Servers.query(servers.postgres(), """
                        SELECT concat_ws(' ', rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, current_database(),
                            pg_catalog.pg_get_userbyid(datdba))
                        FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()""")).isEqualTo("f t t f carillon carillon_owner");
    }

    @Test
    void nobodyComesInWithoutThePassword() {
        var address = servers.postgres();

        for (var user : new String[] {PostgresCluster.OWNER, PostgresCluster.SUPERUSER}) {
            assertThatThrownBy(() -> DriverManager.getConnection(address.jdbcUrl(), user, "guessed"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void theSuperusersPasswordIsKeptForMaintenance() throws Exception {
        var password = Files.readString(folder.resolve("postgres.password"));
        var address = servers.postgres();

        var superuser = new PostgresAddress(address.host(), address.port(), "postgres", "postgres", password);

        assertThat(Servers.query(superuser, "SELECT current_user")).isEqualTo("postgres");
    }

    @Test
    void whatIsSecretCanBeReadByItsOwnerOnly() throws IOException {
        assertThat(modeOf("")).isEqualTo("rwx------");
        assertThat(modeOf("postgres")).isEqualTo("rwx------");
        assertThat(modeOf("redis")).isEqualTo("rwx------");
        assertThat(modeOf("carillon_owner.password")).isEqualTo("rw-------");
        assertThat(modeOf("postgres.password")).isEqualTo("rw-------");
        assertThat(servers.postgres().toString())
                .doesNotContain(servers.postgres().password());
        assertThat(servers.postgres().jdbcUrl())
                .doesNotContain(servers.postgres().password());
    }

    private String modeOf(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    @Test
    void theServersListenOnLoopbackOnly() throws IOException {
        var others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();

        for (var address : others) {
            for (int port :
                    new int[] {servers.postgres().port(), servers.redis().port()}) {
                try (var socket = new Socket()) {
                    assertThatThrownBy(() -> socket.connect(new InetSocketAddress(address, port), 1000))
                            .isInstanceOf(IOException.class);
                }
            }
        }
    }

    // Ctrl-C in a terminal goes to the whole process group. The servers must keep running until Carillon has drained.
    @Test
    void theServersAreOutOfReachOfCtrlC() throws Exception {
        var own = processGroupOf(ProcessHandle.current().pid());

        for (long pid : servers.postgresServer().pids()) {
            assertThat(processGroupOf(pid)).isNotEqualTo(own);
        }
        for (long pid : servers.redisServer().pids()) {
            assertThat(processGroupOf(pid)).isNotEqualTo(own);
        }
    }

    private static String processGroupOf(long pid) throws IOException {
        var process = new ProcessBuilder("ps", "-o", "pgid=", "-p", Long.toString(pid)).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    }

    @Test
    void eachServerCanBeRestartedOnItsPort() throws Exception {
        var postgres = servers.postgres();
        var redis = servers.redis();
        assertThat(Servers.redis(redis, "SET bell rung")).isEqualTo("+OK");

        servers.postgresServer().restart();
        servers.redisServer().restart();

        assertThat(Servers.query(postgres, "SELECT 1")).isEqualTo("1");
        assertThat(Servers.redis(redis, "GET bell")).isEqualTo("rung");
    }

    @Test
    void redisCanBeStoppedAloneAndForgetEverything() throws Exception {
        assertThat(Servers.redis(servers.redis(), "SET bell rung")).isEqualTo("+OK");

        servers.redisServer().flush();
        servers.redisServer().stop();
        assertThatThrownBy(() -> Servers.redis(servers.redis(), "PING")).isInstanceOf(IOException.class);
        servers.redisServer().start();

        assertThat(Servers.redis(servers.redis(), "GET bell")).isEqualTo("$-1");
    }
}
