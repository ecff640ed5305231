package dev.carillon.api;

import static dev.carillon.api.ApiServer.postBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.api.event.OpenStreams;
import dev.carillon.core.apikey.ApiKeyAuthenticator.NewKey;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventFilter;
import dev.carillon.core.event.EventRecorder;
import dev.carillon.core.event.EventRecorder.Fact;
import dev.carillon.core.event.EventSink;
import dev.carillon.core.event.LiveEvent;
import dev.carillon.core.event.LiveEventHub;
import dev.carillon.core.event.Payload.AccountPayload;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventStreamsOverHttpTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String STREAM = "/v1/events/stream";

    private static ApiServer api;

    @BeforeAll
    static void start() {
        api = ApiServer.start(Map.of(
                "carillon.streams.heartbeat", "200ms",
                "carillon.streams.buffer", "64KB",
                "carillon.streams.stall", "2s",
                "carillon.streams.per-key", "4",
                "micronaut.server.idle-timeout", "2s"));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    /** A separate workspace, so that the streams show no events of other tests. */
    private record Corner(WorkspaceId workspace, NewKey key) {
        static Corner fresh() {
            var workspace = api.carillon().newWorkspace();
            return new Corner(workspace, api.carillon().newKey(workspace, Mode.TEST));
        }

        Actor actor() {
            return api.carillon().actor(key);
        }

        String secret() {
            return ApiServer.secretOf(key);
        }

        Tenant tenant() {
            return new Tenant(workspace, Mode.TEST);
        }

        StreamReader stream(String... headers) {
            return StreamReader.open(api, STREAM, secret(), headers);
        }

        void record(String... objects) {
            record("x", List.of(objects));
        }

        void record(String username, List<String> objects) {
            var facts = objects.stream()
                    .map(object -> new Fact(
                            tenant(),
                            new Event.AccountConnected(new AccountPayload(
                                    object, "account", "sandbox", username, "active", null, false, Instant.EPOCH)),
                            Instant.EPOCH))
                    .toList();
            api.carillon().bean(Transactions.class).inWorkspace(workspace, () -> {
                api.carillon().bean(EventRecorder.class).record(facts);
                return true;
            });
        }

        /** The ids of all events, oldest first. */
        List<String> log() {
            var ids = new ArrayList<String>();
            var path = "/v1/events?limit=100&order=asc";
            var page = api.get(path, secret());
            ids.addAll(page.ids("data"));
            while (page.json().get("next_cursor") != null) {
                page = api.get(path + "&cursor=" + page.string("next_cursor"), secret());
                ids.addAll(page.ids("data"));
            }
            return List.copyOf(ids);
        }
    }

    @Test
    void whatHappensFromNowOnIsStreamedAsTheLogHasIt() {
        var corner = Corner.fresh();
        corner.record("before");
        try (var stream = corner.stream()) {
            corner.record("one", "two");
            corner.record("three");

            var frames = stream.awaitFrames(3).frames();

            assertThat(stream.contentType()).startsWith("text/event-stream");
            assertThat(stream.ids()).isEqualTo(corner.log().subList(1, 4));
            for (var frame : frames) {
                assertThat(frame.event()).isEqualTo("account.connected");
                assertThat(frame.data())
                        .isEqualTo(api.get("/v1/events/" + frame.id(), corner.secret())
                                .text());
            }
        }
    }

    @Test
    void aStreamGoesOnBehindTheEventThatItIsTold() {
        var corner = Corner.fresh();
        corner.record(IntStream.range(0, 130).mapToObj(i -> "o" + i).toArray(String[]::new));
        var log = corner.log();
        try (var byHeader = corner.stream("Last-Event-ID", log.get(9));
                var byParameter = StreamReader.open(
                        api, STREAM + "?type=account.*&last_event_id=" + log.get(128), corner.secret())) {
            assertThat(byHeader.awaitFrames(120).ids()).isEqualTo(log.subList(10, 130));
            assertThat(byParameter.awaitFrames(1).ids()).isEqualTo(log.subList(129, 130));

            corner.record("later");

            assertThat(byHeader.awaitFrames(121).ids()).isEqualTo(corner.log().subList(10, 131));
        }
    }

    // Otherwise a stream that breaks before its first event would miss the events up to its reconnect.
    @Test
    void whatAStreamBeginsBehindIsToldBeforeAnyEvent() {
        var corner = Corner.fresh();
        corner.record("first", "before");
        var log = corner.log();
        try (var fromNow = corner.stream();
                var fromThen = corner.stream("Last-Event-ID", log.get(0))) {
            await().atMost(SOON).until(() -> fromNow.beginning() != null);
            assertThat(fromNow.beginning()).isEqualTo(log.get(1));
            assertThat(fromThen.awaitFrames(1).beginning()).isEqualTo(log.get(0));
            assertThat(fromThen.ids()).isEqualTo(log.subList(1, 2));
        }
    }

    @Test
    void anEventToGoOnBehindHasToBeThere() {
        assertThat(refused("evt_" + "0".repeat(26), 410, "event_no_longer_kept"))
                .contains("order=asc");
        var recent = new EventId(api.carillon().bean(Ids.class).nextUuid()).toString();
        assertThat(refused(recent, 404, "not_found")).contains(recent);
        refused("12", 422, "invalid_parameter");
        var old = new EventId(UUID.fromString("0190a0a0-0000-7000-8000-000000000000")).toString();
        refused(old, 410, "event_no_longer_kept");
        api.get(STREAM + "?type=nothing").refused(422, "invalid_parameter");
        api.get(STREAM + "?post_id=post_" + "0".repeat(26)).refused(404, "not_found");
    }

    private static String refused(String last, int status, String code) {
        return api.exchange(api.request("GET", STREAM, null).header("Last-Event-ID", last))
                .refused(status, code)
                .string("detail");
    }

    @Test
    void aPostHasAStreamOfItsOwn() {
        var account = api.account("streamed");
        var post = api.post("/v1/posts", postBody(account, "hello", "{\"at\": \"2027-03-01T09:00:00Z\"}"))
                .string("id");
        try (var own = StreamReader.open(api, "/v1/posts/" + post + "/events/stream", api.testKey());
                var filtered = StreamReader.open(api, STREAM + "?type=publication.*&post_id=" + post, api.testKey())) {
            api.post("/v1/posts", postBody(account, "another", "\"draft\""));
            api.post("/v1/posts/" + post + "/cancel", "");

            assertThat(own.awaitFrames(2).types()).containsExactly("publication.canceled", "post.canceled");
            assertThat(filtered.awaitFrames(1).types()).containsExactly("publication.canceled");
        }
    }

    // Otherwise a client could keep listening with a revoked key.
    @Test
    void theStreamsOfAKeyThatIsRevokedEndAndSayWhy() {
        var corner = Corner.fresh();
        var other = api.carillon().newKey(corner.workspace(), Mode.TEST);
        try (var stream = corner.stream()) {
            var revoke = ApiServer.withKey(
                    api.request("DELETE", "/v1/api_keys/" + corner.key().id(), null), ApiServer.secretOf(other));
            assertThat(api.exchange(revoke).status()).isEqualTo(200);

            stream.awaitEnd();

            var last = stream.frames().getLast();
            assertThat(last.event()).isEqualTo("stream.closed");
            assertThat(last.id()).isNull();
            assertThat(last.data()).contains("\"reason\":\"api_key_revoked\"");
        }
    }

    // Without heartbeats, the server's idle timeout would cut quiet streams, which looks like a network failure.
    @Test
    void anIdleStreamLivesOnItsHeartbeats() {
        var corner = Corner.fresh();
        try (var stream = corner.stream()) {
            stream.awaitHeartbeats(15);

            corner.record("at last");

            assertThat(stream.awaitFrames(1).types()).containsExactly("account.connected");
        }
    }

    @Test
    void moreStreamsThanAKeyMayHaveAreRefusedUntilOneIsClosed() {
        var corner = Corner.fresh();
        try (var one = corner.stream();
                var two = corner.stream();
                var three = corner.stream()) {
            try (var four = corner.stream()) {
                assertThat(List.of(one, two, three, four)).hasSize(4);
                api.get(STREAM, corner.secret()).refused(429, "too_many_streams");
            }
            await().atMost(SOON).until(() -> api.get(STREAM, corner.secret()).status() == 200);
        }
    }

    // Otherwise slow delivery of one workspace's events would block all connections on the same thread.
    @Test
    void hangingUpDoesNotWaitForThoseWhoHandOutEvents() throws Exception {
        var corner = Corner.fresh();
        var open = api.carillon().bean(OpenStreams.class);
        await().atMost(SOON).until(() -> open.count() == 0);
        var slow = new SlowSink();
        try (var subscription =
                api.carillon().bean(LiveEventHub.class).follow(corner.actor(), EventFilter.ALL, null, slow)) {
            assertThat(subscription).isNotNull();
            try (var stream = corner.stream()) {
                assertThat(open.count()).isEqualTo(1);
                corner.record("one");
                assertThat(slow.taking.await(SOON.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(stream.ids()).isEmpty();
            }
            await().atMost(SOON).until(() -> open.count() == 0);
            slow.goOn.countDown();
        } finally {
            slow.goOn.countDown();
        }
    }

    /** Blocks on each event, which a sink should not do. */
    private static final class SlowSink implements EventSink {
        private final CountDownLatch taking = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void begin(@Nullable EventId after) {}

        @Override
        public boolean take(List<LiveEvent> events) {
            taking.countDown();
            try {
                return goOn.await(SOON.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void takePast(List<LiveEvent> events) {
            take(events);
        }

        @Override
        public boolean awaitRoom() {
            return true;
        }

        @Override
        public void fail() {
            throw new AssertionError("SlowSink must not be told to fail");
        }
    }

    // Many events at once, as from a batch of posts, do not mean that the reader is slow.
    @Test
    void whoReadsKeepsTheirStreamWhenMoreComesAtOnceThanMayWait() {
        var corner = Corner.fresh();
        var large = "x".repeat(2_000);
        try (var stream = corner.stream()) {
            for (int batch = 0; batch < 5; batch++) {
                int number = batch;
                corner.record(
                        large,
                        IntStream.range(0, 100).mapToObj(i -> number + " " + i).toList());
            }

            assertThat(stream.awaitFrames(500).ids()).isEqualTo(corner.log());
        }
    }

    // A client that does not read must not fill our memory, and must not lose events.
    @Test
    void whoDoesNotReadIsCutAndFindsEverythingLater() throws IOException {
        var corner = Corner.fresh();
        corner.record("first");
        var open = api.carillon().bean(OpenStreams.class);
        await().atMost(SOON).until(() -> open.count() == 0);
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(4 * 1024);
            socket.connect(new InetSocketAddress("localhost", api.port()));
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: localhost\r\nx-api-key: %s\r\n\r\n"
                            .formatted(STREAM, corner.secret())
                            .getBytes(StandardCharsets.US_ASCII));
            await().atMost(SOON).until(() -> open.count() == 1);
            var large = "x".repeat(20_000);
            for (int batch = 0; batch < 20 && open.count() > 0; batch++) {
                int number = batch;
                corner.record(
                        large,
                        IntStream.range(0, 20).mapToObj(i -> number + " " + i).toList());
            }
            await().atMost(SOON).until(() -> open.count() == 0);
        }
        var log = corner.log();
        try (var stream = corner.stream("Last-Event-ID", log.getFirst())) {
            assertThat(stream.awaitFrames(log.size() - 1).ids()).isEqualTo(log.subList(1, log.size()));
        }
    }

    // Otherwise a client that reconnects would lose or repeat events.
    @Test
    void aHundredCutsAtRandomUnderLoadMissAndRepeatNothing() throws Exception {
        var corner = Corner.fresh();
        corner.record("beginning");
        var random = new Random(22);
        var seen = new ArrayList<String>(List.of(corner.log().getFirst()));
        int cuts = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = IntStream.range(0, 4)
                    .mapToObj(writer -> threads.submit(() -> {
                        for (int i = 0; i < 400; i++) {
                            corner.record(writer + " " + i);
                        }
                    }))
                    .toList();
            while (seen.size() < 1_601) {
                try (var stream = corner.stream("Last-Event-ID", seen.getLast())) {
                    int wanted = Math.min(1 + random.nextInt(20), 1_601 - seen.size());
                    var ids = stream.awaitFrames(wanted).ids();
                    // Drops the rest, like a client that loses events that it has not handled.
                    seen.addAll(ids.subList(0, wanted));
                    cuts++;
                }
            }
            for (var writer : writers) {
                writer.get();
            }
            await().atMost(SOON)
                    .until(() -> api.carillon().bean(OpenStreams.class).count() == 0);
        }
        assertThat(cuts).isGreaterThanOrEqualTo(100);
        assertThat(seen).isEqualTo(corner.log());
    }
}
