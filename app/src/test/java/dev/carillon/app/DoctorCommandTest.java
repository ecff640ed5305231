package dev.carillon.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.sealing.MasterKey;
import dev.carillon.localservers.LocalServers;
import dev.carillon.testkit.ChildJvm;
import dev.carillon.testkit.TestDatabase;
import dev.carillon.testkit.TestRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code doctor} in a separate process, with an operator's environment. */
class DoctorCommandTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path parent;

    private record Told(int exitCode, String output) {}

    @Test
    void aMachineThatCanStartHasNoProblem() {
        var told = doctor(Map.of(), "--port", "0");

        // The process inherits a variable that CI sets for tests.
        var inherited =
                System.getenv("CARILLON_REQUIRE_PEERS") == null ? "none set, defaults apply" : "CARILLON_REQUIRE_PEERS";
        assertThat(told.output())
                .contains("[+] settings        " + inherited)
                .contains("[+] system ")
                .contains("[+] data folder ")
                .contains("[+] API port        any free port")
                .contains("Ready to start: no problems")
                .doesNotContain("\u001b");
        assertThat(told.exitCode()).isZero();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void brokenSettingsAreAllFoundAndShowNoSecret() {
        var told = doctor(
                Map.of(
                        "CARILLON_DATABASE_URL", "mysql://me:hush@db",
                        "CARILLON_SANDBOX_PORT", "eighty",
                        "CARILLON_STREAMS_HEARTBEAT", "soon",
                        "CARILLON_DATABASE_APP_POOL_SIZE", "many",
                        "CARILLON_SMTP_URL", "smtp://me:hu sh@mail",
                        "CARILLON_STRIPE_KEY", "hush",
                        "CARILLON_REDIS_ULR", "redis://:hush@redis"),
                "--port",
                "0");

        assertThat(told.output())
                .contains("[x] settings        CARILLON_DATABASE_URL is not a database URL")
                .contains("[x] settings        CARILLON_SANDBOX_PORT is not a port: eighty")
                .contains(
                        "[x] settings        carillon.streams.heartbeat must be a time such as 10s, 1m or 1h; got: soon.")
                .contains("[x] settings        carillon.database.app-pool-size must be a whole number; got: many.")
                .contains("[x] settings        CARILLON_SMTP_URL is not the URL of a mail server")
                .contains(
                        "[!] settings        CARILLON_REDIS_ULR is not a setting and is ignored. Did you mean CARILLON_REDIS_URL?")
                .contains("[!] stripe ")
                .contains("Not ready to start: 5 problems, 2 warnings")
                .doesNotContain("hush")
                .doesNotContain("hu sh")
                .doesNotContain("\tat ");
        assertThat(told.exitCode()).isEqualTo(1);
    }

    @Test
    void variablesThatSetKeysOfTheApplicationAreNoTypingErrors() {
        var told = doctor(
                Map.of(
                        "CARILLON_STREAMS_STALL", "5s",
                        "CARILLON_SIGN_UP", "open",
                        "CARILLON_PUBLIC_URL", "https://carillon.example.com",
                        "CARILLON_SMTP_URL", "smtp://localhost:2525",
                        "CARILLON_MAIL_FROM", "bells@example.com",
                        "CARILLON_PUBLISHING_RETRIES_NETWORK", "5s,30s",
                        "CARILLON_OIDC_ACME_CLIENT_ID", "carillon"),
                "--port",
                "0");

        assertThat(told.output())
                .contains("[+] settings ")
                .doesNotContain("] settings        CARILLON_STREAMS_STALL is");
        assertThat(told.output()).doesNotContain("is not a setting");
        assertThat(told.exitCode()).isZero();
    }

    @Test
    void anOccupiedPortIsToldWithTheProcessThatUsesIt() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            int port = socket.getLocalPort();

            var told = doctor(Map.of(), "--port", Integer.toString(port));

            assertThat(told.output())
                    .contains(
                            "[x] API port        Port %d on 127.0.0.1 is in use by process %d (java). Choose another (--port"
                                    .formatted(port, ProcessHandle.current().pid()));
            assertThat(told.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void aUsedFolderIsToldWithTheProcessThatUsesIt() {
        try (var servers = LocalServers.start(parent.resolve("data"), LocalServers.Options.FORGETFUL)) {
            var told = doctor(Map.of(), "--port", "0");

            assertThat(told.output())
                    .contains("[x] data folder ")
                    .contains("is in use by the process with pid "
                            + ProcessHandle.current().pid());
            assertThat(told.exitCode()).isEqualTo(1);
            assertThat(servers.postgresServer().pids()).isNotEmpty();
        }
    }

    @Test
    void namedServersAreAsked() {
        try (var database = TestDatabase.fresh()) {
            var told = doctor(named(database, database.ownerPassword()), "--port", "0");

            assertThat(told.output())
                    .contains("[+] database ")
                    .contains("migrated")
                    .contains("[+] redis ")
                    .doesNotContain("data folder")
                    .doesNotContain(database.ownerPassword());
            assertThat(told.exitCode()).isZero();
        }
    }

    @Test
    void aWrongPasswordOfTheDatabaseIsAProblem() {
        try (var database = TestDatabase.fresh()) {
            var told = doctor(named(database, "hush"), "--port", "0");

            assertThat(told.output())
                    .contains("[x] database ")
                    .contains("password authentication failed")
                    .doesNotContain("hush")
                    .doesNotContain("\tat ");
            assertThat(told.exitCode()).isEqualTo(1);
        }
    }

    private static Map<String, String> named(TestDatabase database, String password) {
        var place = database.jdbcUrl().replace("jdbc:postgresql://", "");
        return Map.of(
                "CARILLON_DATABASE_URL",
                "postgresql://%s:%s@%s".formatted(database.ownerUser(), password, place),
                "CARILLON_REDIS_URL",
                TestRedis.uri(),
                "CARILLON_MASTER_KEY",
                MasterKey.generate());
    }

    private Told doctor(Map<String, String> environment, String... options) {
        var words = new java.util.ArrayList<>(
                java.util.List.of("doctor", "--data", parent.resolve("data").toString()));
        words.addAll(java.util.List.of(options));
        var launch = ChildJvm.of(Carillon.class).withArguments(words.toArray(String[]::new));
        for (var setting : new TreeMap<>(environment).entrySet()) {
            launch = launch.withEnvironment(setting.getKey(), setting.getValue());
        }
        try (var process = launch.start()) {
            int exitCode = process.awaitExit(LIMIT);
            return new Told(exitCode, process.output());
        }
    }
}
