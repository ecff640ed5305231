package dev.carillon.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Payload.AccountPayload;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.testing.TestCarillon;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveEventHubTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static TestCarillon carillon;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start();
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    /** Collects the object ids of the events that it receives. */
    private static final class Kept implements EventSink {
        private final List<String> objects = new CopyOnWriteArrayList<>();

        @Override
        public void begin(@Nullable EventId after) {
            assertThat(objects).isEmpty();
        }

        @Override
        public boolean take(List<LiveEvent> events) {
            events.forEach(event -> objects.add(event.event().objectId()));
            return true;
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
            objects.add("failed");
        }

        void await(String... expected) {
            Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(objects)
                    .containsExactly(expected));
        }
    }

    @Test
    void whoFollowsInAnotherProcessHearsOfItThroughRedis() {
        var actor = newActor();
        try (var other = another(Map.of())) {
            var kept = new Kept();
            try (var subscription = other.getBean(LiveEventHub.class).follow(actor, EventFilter.ALL, null, kept)) {
                assertThat(subscription).isNotNull();
                record(actor, "one");
                record(actor, "two");

                kept.await("one", "two");
            }
        }
    }

    @Test
    void whereRedisIsGoneALookFindsIt() {
        var actor = newActor();
        try (var other = another(Map.of("carillon.redis.url", "redis://127.0.0.1:1"))) {
            var kept = new Kept();
            try (var subscription = other.getBean(LiveEventHub.class).follow(actor, EventFilter.ALL, null, kept)) {
                assertThat(subscription).isNotNull();
                record(actor, "one");

                kept.await("one");
            }
        }
    }

    @Test
    void whoeverFollowsOneTenantSharesOneReaderThatEndsWithTheLast() {
        var actor = newActor();
        var live = carillon.bean(LiveEventHub.class);
        var kept = new ArrayList<Kept>();
        var all = new ArrayList<EventSubscription>();
        int before = live.tenants();
        for (int i = 0; i < 20; i++) {
            kept.add(new Kept());
            all.add(live.follow(actor, EventFilter.ALL, null, kept.getLast()));
        }
        assertThat(live.tenants()).isEqualTo(before + 1);
        record(actor, "for all");
        kept.forEach(each -> each.await("for all"));

        all.forEach(EventSubscription::close);
        all.forEach(EventSubscription::close);

        assertThat(live.tenants()).isEqualTo(before);
    }

    // Otherwise a stream that starts in the past and catches up could get some events twice, or never.
    @Test
    void whoBeginsInThePastGetsEachOnceWhileMoreIsWritten() throws Exception {
        var actor = newActor();
        record(actor, "first");
        for (int i = 0; i < 300; i++) {
            record(actor, "past " + i);
        }
        var log = carillon.bean(EventService.class)
                .list(actor, EventFilter.ALL, EventOrder.ASC, new PageRequest(1, null));
        var kept = new Kept();
        var writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 200; i++) {
                record(actor, "meanwhile " + i);
            }
        });
        try (var subscription = carillon.bean(LiveEventHub.class)
                .follow(actor, EventFilter.ALL, log.data().getFirst().id(), kept)) {
            assertThat(subscription).isNotNull();
            writer.join();
            await().atMost(SOON).until(() -> kept.objects.size() >= 500);
        }
        assertThat(kept.objects).doesNotHaveDuplicates().hasSize(500).doesNotContain("first");
        assertThat(kept.objects.subList(0, 2)).containsExactly("past 0", "past 1");
        assertThat(kept.objects.getLast()).isEqualTo("meanwhile 199");
    }

    @Test
    void nothingOfAnotherModeOrFilterIsHeard() {
        var actor = newActor();
        var live = carillon.actor(carillon.newKey(actor.workspace(), Mode.LIVE));
        var kept = new Kept();
        var filter = new EventFilter(List.of(), "wanted", null, null, null);
        try (var subscription = carillon.bean(LiveEventHub.class).follow(actor, filter, null, kept)) {
            assertThat(subscription).isNotNull();
            record(live, "wanted");
            record(actor, "another");
            record(actor, "wanted");
            record(actor, "another");
            record(actor, "wanted");

            kept.await("wanted", "wanted");
        }
    }

    private static ApplicationContext another(Map<String, Object> further) {
        var settings = new HashMap<>(TestCarillon.settingsOf(carillon.database()));
        settings.put(TestCarillon.DIALECT, "POSTGRES");
        settings.putAll(further);
        return ApplicationContext.builder()
                .properties(settings)
                .deduceEnvironment(false)
                .start();
    }

    private static Actor newActor() {
        return carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
    }

    private static void record(Actor actor, String object) {
        var payload = new AccountPayload(
                object, "account", "sandbox", "x", "active", null, actor.mode().livemode(), Instant.EPOCH);
        carillon.bean(Transactions.class).inWorkspace(actor.workspace(), () -> {
            carillon.bean(EventRecorder.class)
                    .record(actor.tenant(), new Event.AccountConnected(payload), Instant.EPOCH);
            return true;
        });
    }
}
