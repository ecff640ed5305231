package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.signal.KeyedNotifier;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class WaitOverHttpTest {
    private static final Failure FAILURE = Failure.of(ErrorCode.PLATFORM_REJECTED, "no");

    private static ApiServer api;
    private static SimulatedWorker worker;
    private static ExecutorService threads;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        worker = new SimulatedWorker(api.carillon());
        threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterAll
    static void stop() {
        threads.close();
        api.close();
    }

    @Test
    void theReplyComesAsSoonAsThePostHasEnded() throws Exception {
        var waiting = threads.submit(() -> api.post("/v1/posts", waitingBody("ends", 60)));
        var publication = newest();
        worker.publish(publication, SimulatedWorker.published(publication));
        long ended = System.nanoTime();

        var reply = waiting.get();

        assertThat(Duration.ofNanos(System.nanoTime() - ended)).isLessThan(Duration.ofSeconds(30));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json()).containsEntry("status", "published");
        assertThat(reply.text()).contains("https://played.example/" + publication);
    }

    @Test
    void aPostThatIsHeldOrUnknownHasComeToRest() throws Exception {
        for (var outcome : List.of(
                new PublishOutcome.AccessLost(FAILURE),
                new PublishOutcome.Unconfirmed(FAILURE),
                new PublishOutcome.Rejected(FAILURE))) {
            var waiting = threads.submit(() -> api.post("/v1/posts", waitingBody("rests", 60)));
            worker.publish(newest(), outcome);

            assertThat(waiting.get().status()).isEqualTo(201);
        }
        assertThat(api.post("/v1/posts", waitingBody("draft", 60).replace("\"now\"", "\"draft\""))
                        .json())
                .containsEntry("status", "draft");
    }

    @Test
    void aPostThatIsStillOnItsWayAfterTheTimeIsAnsweredWith202() {
        long start = System.nanoTime();

        var reply = api.post("/v1/posts", waitingBody("slow", 5));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json()).containsEntry("status", "scheduled");
    }

    // Signals may be lost, and Redis may be unavailable.
    @Test
    void anOutcomeThatNobodyTellsOfIsSeenAllTheSame() throws Exception {
        var waiting = threads.submit(() -> api.post("/v1/posts", waitingBody("unheard", 60)));
        var publication = newest();
        worker.number("UPDATE publication SET status = 'canceled', due_at = NULL WHERE id = '%s' RETURNING 1"
                .formatted(SimulatedWorker.idOf(publication).value()));

        assertThat(waiting.get().status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"61", "-1", "\"5\"", "1.5", "true", "[]"})
    void aWaitThatIsNoneIsRefused(String wait) {
        var body = waitingBody("refused", 7).replace("\"wait\":7", "\"wait\":" + wait);

        assertThat(api.post("/v1/posts", body).refused(422, "invalid_parameter").json())
                .containsEntry("param", "/wait");
    }

    // A caller who lost the reply repeats the request with the same key and must get the outcome of the same post.
    @Test
    void aRepetitionWaitsForTheSamePostAndTellsItsEnd() throws Exception {
        var account = api.account("repeats");
        var body = waitingBody(account, "repeats", 1);
        var first = api.post("/v1/posts", body, "Idempotency-Key", "waited");
        var publication = first.ids("publications").getFirst();
        var second = threads.submit(
                () -> api.post("/v1/posts", waitingBody(account, "repeats", 1), "Idempotency-Key", "waited"));
        worker.publish(publication, SimulatedWorker.published(publication));

        second.get();
        var third = api.post("/v1/posts", body, "Idempotency-Key", "waited");

        assertThat(first.status()).isEqualTo(202);
        assertThat(third.status()).isEqualTo(201);
        assertThat(third.json()).containsEntry("id", first.string("id")).containsEntry("status", "published");
        assertThat(third.header("Idempotent-Replayed")).contains("true");
        api.post("/v1/posts", body.replace("repeats", "another"), "Idempotency-Key", "waited")
                .refused(422, "idempotency_key_reused");
    }

    // If publishing stopped with its caller, the post would be lost. A leftover waiter would hold memory for a minute.
    @Test
    void whoHangsUpStopsNothingAndFreesTheWaiter() throws Exception {
        var notifier = api.carillon().bean(KeyedNotifier.class);
        int before = notifier.count();
        String publication;
        try (var socket = new Socket("localhost", api.port())) {
            send(socket, waitingBody("hangs-up", 60));
            await().until(() -> notifier.count() == before + 1);
            publication = newest();
        }

        await().atMost(Duration.ofSeconds(10)).until(() -> notifier.count() == before);
        worker.publish(publication, SimulatedWorker.published(publication));
        assertThat(api.get("/v1/publications/" + publication).json()).containsEntry("status", "published");
    }

    private static void send(Socket socket, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = """
                POST /v1/posts HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                """.formatted(api.testKey(), bytes.length);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    // The pool has ten connections. Waiting requests that each hold one would block the whole API.
    @Test
    void aCrowdThatWaitsHoldsNeitherConnectionsNorThreads() throws Exception {
        var account = api.account("crowd");
        var notifier = api.carillon().bean(KeyedNotifier.class);
        int before = notifier.count();
        var crowd = new ArrayList<Future<Reply>>();
        for (int i = 0; i < 100; i++) {
            var body = waitingBody(account, "crowd " + i, 60);
            crowd.add(threads.submit(() -> api.post("/v1/posts", body)));
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> notifier.count() == before + 100);
        long start = System.nanoTime();

        assertThat(api.get("/v1/me").status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));

        for (var id : api.get("/v1/posts?limit=100").ids("data")) {
            api.post("/v1/posts/" + id + "/cancel", "");
        }
        for (var each : crowd) {
            assertThat(each.get().json()).containsEntry("status", "canceled");
        }
    }

    private static String waitingBody(String text, int seconds) {
        return waitingBody(api.account(text + "-" + System.nanoTime()), text, seconds);
    }

    private static String waitingBody(String account, String text, int seconds) {
        return ApiServer.postBody(account, text, "\"now\",\"wait\":" + seconds);
    }

    /** Waits for a scheduled post and returns the publication of the newest one. */
    private static String newest() {
        return await().until(
                                        () -> {
                                            var posts = api.get("/v1/posts?limit=1&status=scheduled");
                                            return posts.json().get("data") instanceof List<?> list && !list.isEmpty()
                                                    ? (Map<?, ?>) list.getFirst()
                                                    : Map.of();
                                        },
                                        post -> post.get("publications") instanceof List<?> parts && !parts.isEmpty())
                                .get("publications")
                        instanceof List<?> parts
                ? String.valueOf(((Map<?, ?>) parts.getFirst()).get("id"))
                : "";
    }
}
