package dev.carillon.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.app.doctor.Finding.Level;
import dev.carillon.app.settings.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortCheckTest {

    @Test
    void aPortThatCannotBeUsedIsAProblemInTheWordsOfAStart() {
        var check = new PortCheck("API port", "127.0.0.1", 8080, (host, port) -> {
            throw new StartRefused("Port %d is in use.".formatted(port));
        });

        assertThat(check.run()).containsExactly(Finding.problem("API port", "Port 8080 is in use."));
    }

    @Test
    void anyFreePortNeedsNoLook() {
        var check = new PortCheck("API port", "127.0.0.1", 0, (host, port) -> {
            throw new AssertionError();
        });

        assertThat(check.run()).containsExactly(Finding.ok("API port", "any free port"));
    }

    @Test
    void theProcessThatListensIsTold() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var listening = ListeningProcess.on(socket.getLocalPort());

            assertThat(listening).isPresent().get().satisfies(process -> {
                assertThat(process.pid()).isEqualTo(ProcessHandle.current().pid());
                assertThat(process.program()).isEqualTo("java");
            });
        }
    }

    /** The port is part of the links of published posts. */
    @Test
    void theSandboxPlatformsPortMattersOnceItHasPosts() {
        assertThat(new SandboxPortCheck(Optional.empty(), 8091, port -> false).run())
                .extracting(Finding::level)
                .containsExactly(Level.OK);
        assertThat(new SandboxPortCheck(Optional.of(8092), 8091, port -> false).run())
                .extracting(Finding::level)
                .containsExactly(Level.WARNING);
        assertThat(new SandboxPortCheck(Optional.of(8092), 8091, port -> true).run())
                .containsExactly(Finding.ok("sandbox port", "8092 on 127.0.0.1 is free"));
    }
}
