package dev.carillon.app.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import dev.carillon.app.Carillon;
import dev.carillon.app.events.EventFollower;
import dev.carillon.app.events.Follow;
import dev.carillon.testkit.ChildJvm;
import dev.carillon.testkit.WebhookReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client follows events while the process that records, numbers and streams them is killed; also tests the {@code events} commands. */
@Tag("slow")
@Timeout(300)
class EventStreamJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int KILLS = 2;

    @TempDir
    private Path data;

    // Without this, a consumer would never learn of an event that was being numbered or sent when a machine died.
    @Test
    void killingTheProcessThatNumbersAndStreamsLeavesNoGapAndNoRepetition() throws Exception {
        int port = freePort();
        var running = new AtomicReference<>(start(port));
        var key = running.get().testKey();
        var first = account(running.get(), "first");
        var seen = new CopyOnWriteArrayList<>(List.of(running.get()
                .getTest("/v1/events?object_id=" + first)
                .at("/data/0/id")
                .asText()));
        var follow = new Follow(URI.create("http://127.0.0.1:" + port), key, List.of(), null, seen.getFirst());
        var follower = Thread.ofVirtual().start(() -> follow(follow, seen));
        var writing = new AtomicBoolean(true);
        var written = new AtomicInteger();
        var writer = Thread.ofVirtual().start(() -> {
            while (writing.get()) {
                try {
                    account(running.get(), "written " + written.get());
                    written.incrementAndGet();
                } catch (UncheckedIOException | AssertionError away) {
                    // The process is being killed; the event log shows later whether this one was written.
                    Thread.onSpinWait();
                }
            }
        });
        for (int kill = 0; kill < KILLS; kill++) {
            int before = written.get();
            await().atMost(SOON).until(() -> written.get() > before + 20);
            running.get().process().kill9();
            running.set(start(port));
        }
        int before = written.get();
        await().atMost(SOON).until(() -> written.get() > before + 20);
        writing.set(false);
        writer.join();

        var log = log(running.get());
        await().atMost(SOON).until(() -> seen.size() >= log.size() - log.indexOf(seen.getFirst()));
        assertThat(seen).isEqualTo(log.subList(log.indexOf(seen.getFirst()), log.size()));

        commandsFollowAsWell(running.get(), log);
        follower.interrupt();
        running.get().close();
    }

    private void commandsFollowAsWell(RunningCarillon carillon, List<String> log) throws Exception {
        var since = log.get(log.size() - 4);
        var tail = command(carillon, "tail", "--since", since, "--count", "3", "--type", "account.*");
        assertThat(tail.awaitExit(SOON)).as(tail.output()).isZero();
        assertThat(tail.output().lines().filter(line -> line.contains("account.connected")))
                .hasSize(3)
                .last()
                .asString()
                .endsWith(log.getLast());
        try (var receiver = WebhookReceiver.start()) {
            var listen = command(
                    carillon, "listen", "--forward-to", receiver.url().toString(), "--since", since, "--count", "3");
            assertThat(listen.awaitExit(SOON)).as(listen.output()).isZero();
            var secret = listen.awaitLine("(whsec_\\S+)", SOON).group(1);
            var received = receiver.received();
            assertThat(received.stream()
                            .map(request -> request.header("webhook-id").orElse("")))
                    .containsExactlyElementsOf(log.subList(log.size() - 3, log.size()));
            for (var request : received) {
                assertThatCode(() -> new Webhook(secret).verify(request.text(), request.headers()))
                        .doesNotThrowAnyException();
                var id = request.header("webhook-id").orElseThrow();
                assertThat(request.text()).isEqualTo(carillon.textOfTest("/v1/events/" + id));
            }
            assertThat(listen.output()).contains("<--  204  POST");
        }
        var remote = command(carillon, "listen", "--forward-to", "https://example.com/hook");
        assertThat(remote.awaitExit(SOON)).isEqualTo(1);
        assertThat(remote.output()).contains("--allow-remote");
        var unknown = command(carillon, "tail", "--type", "post.exploded");
        assertThat(unknown.awaitExit(SOON)).isEqualTo(1);
        assertThat(unknown.output()).contains("post.exploded");
    }

    /** Runs a command beside the data folder, with the key in it. */
    private ChildJvm command(RunningCarillon carillon, String... words) {
        var all = new ArrayList<>(List.of("events"));
        all.addAll(List.of(words));
        all.addAll(List.of("--data", data.toString(), "--url", carillon.base().toString()));
        return ChildJvm.of(Carillon.class)
                .withArguments(all.toArray(String[]::new))
                .start();
    }

    private static void follow(Follow follow, List<String> seen) {
        try {
            new EventFollower(follow, note -> {}).run(event -> seen.add(event.id()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> log(RunningCarillon carillon) {
        var ids = new ArrayList<String>();
        var path = "/v1/events?order=asc&limit=100";
        var page = carillon.getTest(path);
        while (true) {
            page.get("data").forEach(event -> ids.add(event.get("id").asText()));
            if (page.get("next_cursor").isNull()) {
                return ids;
            }
            page = carillon.getTest(path + "&cursor=" + page.get("next_cursor").asText());
        }
    }

    private static String account(RunningCarillon carillon, String username) {
        return carillon.postTest(
                        "/v1/accounts", "{\"platform\": \"sandbox\", \"username\": \"%s\"}".formatted(username))
                .get("id")
                .asText();
    }

    private RunningCarillon start(int port) {
        return RunningCarillon.start(data, Map.of("CARILLON_SANDBOX_PORT", "0"), port);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
