package dev.carillon.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SandboxKillTest {
    private static final int CALLERS = 8;

    // The platform's count decides whether Carillon published twice. A count that forgets posts would hide a double.
    @Test
    void everyAnsweredPostIsStillCountedAfterAKill() throws Exception {
        var answered = new ConcurrentLinkedQueue<String>();

        var account = publishUntilKilled(answered);

        var config = new SandboxConfig(0, null, TestStore.store(), SandboxClient.SECRET, Clock.systemUTC());
        try (var server = SandboxServer.start(config);
                var client = new SandboxClient(server.url())) {
            // A call in flight may have been committed without an answer: at most one post for each caller.
            assertThat(client.total(account)).isBetween((long) answered.size(), (long) answered.size() + CALLERS);
            assertThat(answered).allSatisfy(key -> assertThat(
                            client.get(account + "/posts?client_key=" + key).texts())
                    .containsExactly("Hello"));
        }
    }

    // A fault that forgot its hits would affect more calls than ordered.
    @Test
    void aFaultAndItsHitsAreStillThereAfterAKill() throws Exception {
        var fault = "/workspaces/ws_kill/faults/flt_" + UUID.randomUUID();
        var process = startProcess();
        String account;
        try (var client = new SandboxClient(address(process))) {
            account = client.newAccount();
            client.put(fault, """
                    {"kind": "duplicate", "count": 2}
                    """);
            assertThat(publish(client, account, "before")).isEqualTo(409);
        } finally {
            process.destroyForcibly().waitFor();
        }

        var config = new SandboxConfig(0, null, TestStore.store(), SandboxClient.SECRET, Clock.systemUTC());
        try (var server = SandboxServer.start(config);
                var client = new SandboxClient(server.url())) {
            assertThat(client.get(fault).number("hits")).isEqualTo(1);
            assertThat(publish(client, account, "struck")).isEqualTo(409);
            assertThat(publish(client, account, "spared")).isEqualTo(201);
        }
    }

    private static int publish(SandboxClient client, String account, String clientKey) {
        return client.post(account + "/posts", """
                {"workspace": "ws_kill", "platform": "bluesky", "text": "Hello", "client_key": "%s"}
                """.formatted(clientKey)).status();
    }

    private static String publishUntilKilled(Queue<String> answered) throws Exception {
        var process = startProcess();
        try (var client = new SandboxClient(address(process));
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                var account = client.newAccount();
                for (int caller = 0; caller < CALLERS; caller++) {
                    var prefix = "caller" + caller + "-";
                    callers.execute(() -> publishUntilCutOff(client, account, prefix, answered));
                }
                await().atMost(Duration.ofSeconds(20)).until(() -> answered.size() >= 200);
                return account;
            } finally {
                // Must run before the wait for the callers, which continue until the platform is gone.
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static void publishUntilCutOff(
            SandboxClient client, String account, String prefix, Queue<String> answered) {
        try {
            for (int number = 0; ; number++) {
                var key = prefix + number;
                if (client.publish(account, "Hello", key).status() == 201) {
                    answered.add(key);
                }
            }
        } catch (UncheckedIOException e) {
            // The process was killed, as the test intends.
        }
    }

    private static Process startProcess() throws IOException {
        var store = TestStore.store();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SandboxProcess.class.getName(),
                        store.jdbcUrl(),
                        store.user(),
                        store.password())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static URI address(Process process) throws IOException {
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        return URI.create(String.valueOf(output.readLine()));
    }
}
