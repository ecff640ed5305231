package dev.carillon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CarillonTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aMasterKeyIsPrintedAndNothingElse() {
        assertThat(run("keys", "master")).isZero();

        assertThat(out.toString().strip()).matches("[A-Za-z0-9+/=]{100,}");
    }

    @Test
    void aRoleThatSharesServersIsRefusedWithoutAny() {
        assertThat(run("up", "--role", "worker")).isEqualTo(1);

        assertThat(err.toString()).contains("CARILLON_DATABASE_URL").doesNotContain("\tat ");
    }

    @Test
    void aMemberWhoseAddressIsNoneIsRefusedBeforeAnythingIsStarted() {
        assertThat(run("members", "add", "ada")).isEqualTo(1);

        assertThat(err.toString()).contains("ada@example.org").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "carillon.oidc.providers, Work, carillon.oidc.providers must contain names",
        "carillon.oidc.providers, work, carillon.oidc.work.issuer is missing",
        "carillon.oidc.timeout, soon, carillon.oidc.timeout must be a time such as 10s"
    })
    void aProviderOfSignInThatMakesNoSenseIsRefusedByItsKeyBeforeAnythingIsStarted(
            String key, String value, String message, @TempDir Path data) {
        System.setProperty(key, value);
        try {
            assertThat(run("up", "--port", "0", "--data", data.toString())).isEqualTo(1);
        } finally {
            System.clearProperty(key);
        }

        assertThat(err.toString())
                .startsWith(message)
                .contains("CARILLON_OIDC_")
                .hasLineCount(1);
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void aSettingOfTheApplicationThatCannotBeReadIsRefusedBeforeAnythingIsStarted(@TempDir Path data) {
        System.setProperty("carillon.streams.heartbeat", "soon");
        try {
            assertThat(run("up", "--port", "0", "--data", data.toString())).isEqualTo(1);
        } finally {
            System.clearProperty("carillon.streams.heartbeat");
        }

        assertThat(err.toString())
                .startsWith("carillon.streams.heartbeat must be a time such as 10s, 1m or 1h; got: soon.")
                .contains("CARILLON_STREAMS_HEARTBEAT")
                .hasLineCount(1);
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void aPortInUseIsRefusedBeforeAnythingIsStartedWithTheProcessThatUsesIt(@TempDir Path data) throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var port = Integer.toString(socket.getLocalPort());

            assertThat(run("up", "--port", port, "--data", data.toString())).isEqualTo(1);

            assertThat(err.toString())
                    .startsWith("Port %s on 127.0.0.1 is in use by process %d (java)."
                            .formatted(port, ProcessHandle.current().pid()))
                    .contains("--port")
                    .hasLineCount(1);
            assertThat(data).isEmptyDirectory();
        }
    }

    @Test
    void aNumberThatIsNoPortIsRefused(@TempDir Path data) {
        assertThat(run("up", "--port", "80800", "--data", data.toString())).isEqualTo(1);

        assertThat(err.toString()).startsWith("80800 is not a port.").hasLineCount(1);
    }

    @Test
    void aFileIsNoDataFolder(@TempDir Path parent) throws IOException {
        var file = Files.createFile(parent.resolve("file"));

        assertThat(run("up", "--port", "0", "--data", file.resolve("data").toString()))
                .isEqualTo(1);

        assertThat(err.toString()).contains(file + " is a file.").hasLineCount(1);
    }

    @Test
    void whatIsNotUnderstoodIsToldApartFromWhatFailed() {
        assertThat(run("up", "--role", "everything")).isEqualTo(2);
    }

    private int run(String... arguments) {
        return Carillon.commandLine(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
