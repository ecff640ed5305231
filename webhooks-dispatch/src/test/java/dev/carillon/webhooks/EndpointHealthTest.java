package dev.carillon.webhooks;

import static dev.carillon.core.testing.EndpointDrafts.anEndpoint;
import static dev.carillon.webhooks.Facts.happens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.testing.MovableClocks;
import dev.carillon.core.testing.RecordingMailer;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.endpoint.EndpointStatus;
import dev.carillon.core.webhook.endpoint.WebhookEndpoint;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import dev.carillon.testkit.Reply;
import dev.carillon.testkit.WebhookReceiver;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Health of failing endpoints, with a clock that the tests move. Each test has its own workspace and its own path on the receiver. */
class EndpointHealthTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static WebhookReceiver receiver;
    private static TestCarillon carillon;
    private static RecordedAttempts attempts;
    private static MovableClocks clocks;
    private Actor actor;
    private WebhookEndpoint endpoint;

    @BeforeAll
    static void start() {
        receiver = WebhookReceiver.start();
        carillon = TestCarillon.start(Map.of(
                "carillon.outbound.allow", receiver.url().getAuthority(),
                "carillon.webhooks.retries", "5s,5s,1h,1d,4d,1d,1d,1d,1d",
                "carillon.webhooks.jitter", "0",
                "carillon.webhooks.health.probe-after", "3",
                "carillon.webhooks.health.busy-pauses", "1m",
                "carillon.testing.recording-mailer", "true",
                "carillon.testing.movable-clocks", "true"));
        attempts = new RecordedAttempts(carillon);
        clocks = carillon.bean(MovableClocks.class);
        carillon.bean(DispatchRole.class).start();
    }

    @BeforeEach
    void newTenant() {
        receiver.otherwise(Reply.ok());
        var path = "/" + UUID.randomUUID();
        actor = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
        endpoint = carillon.bean(WebhookEndpointService.class)
                .create(actor, anEndpoint(receiver.url(path).toString(), "account.*"))
                .endpoint();
    }

    @AfterAll
    static void stop() {
        carillon.bean(DispatchRole.class).close();
        carillon.close();
        receiver.close();
    }

    @Test
    void aReceiverIsLeftAloneForAsManySecondsAsItAsks() {
        receiver.replying(Reply.status(429).withHeader("Retry-After", "60"));

        assertThatItRestsForAMinute();
    }

    @Test
    void aReceiverIsLeftAloneUntilTheDateThatItNames() {
        var until = ZonedDateTime.ofInstant(clocks.now(), ZoneOffset.UTC).plusSeconds(60);
        receiver.replying(
                Reply.status(503).withHeader("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(until)));

        assertThatItRestsForAMinute();
    }

    @Test
    void aReceiverWithTooMuchToDoIsLeftAloneOnceThatIsMoreThanOneAnswer() {
        receiver.replying(Reply.status(503));
        var refused = happens(carillon, actor, "acct_refused");
        await().atMost(SOON).until(() -> attempts.of(refused), done -> done.equals(List.of("refused 503")));
        var next = happens(carillon, actor, "acct_next");
        await("at once").atMost(SOON).until(() -> attempts.of(next), done -> done.equals(List.of("delivered 204")));

        receiver.replying(Reply.status(503), Reply.status(502));
        var first = happens(carillon, actor, "acct_first");
        await().atMost(SOON).until(() -> attempts.of(first), done -> done.equals(List.of("refused 503")));
        var second = happens(carillon, actor, "acct_second");
        await().atMost(SOON).until(() -> attempts.of(second), done -> done.equals(List.of("refused 502")));
        var waiting = happens(carillon, actor, "acct_waiting");
        awaitPlaceInLane(waiting);
        assertThat(attempts.of(waiting)).isEmpty();

        clocks.advance(Duration.ofSeconds(61));
        await().atMost(SOON).until(() -> attempts.of(waiting), done -> done.equals(List.of("delivered 204")));
        await().atMost(SOON).until(() -> ended("delivered"), count -> count == 5);
        assertThat(numberOf("busy_answers")).isZero();
    }

    private void assertThatItRestsForAMinute() {
        var refused = happens(carillon, actor, "acct_refused");
        await().atMost(SOON).until(() -> attempts.of(refused).size(), count -> count == 1);
        var waiting = happens(carillon, actor, "acct_waiting");
        awaitPlaceInLane(waiting);

        clocks.advance(Duration.ofSeconds(58));
        awaitPlaceInLane(waiting);
        assertThat(received()).isEqualTo(1);

        clocks.advance(Duration.ofSeconds(3));
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(attempts.of(waiting)).containsExactly("delivered 204");
            assertThat(attempts.of(refused)).hasSize(2).last().isEqualTo("delivered 204");
        });
    }

    // Without probes, a three-hour outage would use up most attempts of all waiting deliveries.
    @Test
    void whileAReceiverIsDownOneDeliveryAtATimeShowsWhenItIsBack() {
        receiver.otherwise(Reply.status(500));
        var first = happens(carillon, actor, "acct_first");
        failAgain(first, 1, Duration.ZERO);
        failAgain(first, 2, Duration.ofSeconds(5));
        failAgain(first, 3, Duration.ofSeconds(5));
        assertThat(flag("probing")).isTrue();

        Facts.happenAtOnce(carillon, actor, 20);
        await().atMost(SOON).until(this::waiting, count -> count == 21);
        clocks.advance(Duration.ofSeconds(5));
        await().atMost(SOON).until(this::received, count -> count == 4);
        await().atMost(SOON).until(() -> numberOf("probes"), count -> count == 1);
        clocks.advance(Duration.ofSeconds(10));
        await().atMost(SOON).until(this::received, count -> count == 5);
        await().atMost(SOON).until(() -> numberOf("probes"), count -> count == 2);

        receiver.otherwise(Reply.ok());
        clocks.advance(Duration.ofSeconds(20));

        // All deliveries except those that failed and wait for their next attempt.
        await().atMost(SOON).until(() -> ended("delivered"), count -> count >= 18);
        assertThat(flag("probing")).isFalse();
        assertThat(attempts.number("""
                SELECT count(*) FROM webhook_attempt WHERE endpoint_id = ? AND outcome = 'refused' AND event_id <> '%s'
                """.formatted(first.id().value()), id()))
                .as("refused attempts of the later events")
                .isEqualTo(2);
        clocks.advance(Duration.ofHours(2));
        await().atMost(SOON).until(() -> ended("delivered"), count -> count == 21);
    }

    @Test
    void ownersAndAdminsAreWarnedOfAnEndpointThatFailsAndToldWhenItIsBack() throws SQLException {
        member("owner");
        member("admin");
        member("editor");
        receiver.otherwise(Reply.status(500));
        var event = happens(carillon, actor, "acct_warned");
        failAgain(event, 1, Duration.ZERO);
        failAgain(event, 2, Duration.ofSeconds(5));
        failAgain(event, 3, Duration.ofSeconds(5));
        assertThat(news()).isEmpty();

        failAgain(event, 4, Duration.ofHours(1));

        assertThat(news()).containsExactly("webhook_endpoint.failing");
        for (var role : List.of("owner", "admin")) {
            await().atMost(SOON).untilAsserted(() -> assertThat(mailTo(role))
                    .singleElement()
                    .satisfies(mail -> {
                        assertThat(mail.subject())
                                .isEqualTo("Webhooks fail at " + receiver.url().getAuthority());
                        assertThat(mail.text())
                                .contains(
                                        endpoint.id().toString(), "Carillon disables the endpoint", "within 15 seconds")
                                .doesNotContain(endpoint.url());
                    }));
        }
        assertThat(mailTo("editor")).isEmpty();
        receiver.otherwise(Reply.ok());

        clocks.advance(Duration.ofDays(1));

        await().atMost(SOON).until(() -> ended("delivered"), count -> count == 1);
        assertThat(news()).containsExactly("webhook_endpoint.recovered", "webhook_endpoint.failing");
        await().atMost(SOON).untilAsserted(() -> assertThat(mailTo("owner")).hasSize(2));
        await().atMost(SOON)
                .until(
                        () -> attempts.number("SELECT count(*) FROM webhook_notice WHERE endpoint_id = ?", id()),
                        count -> count == 0);
    }

    @Test
    void anEndpointThatFailsForDaysIsDisabledAndWhatWaitsForItIsSkipped() {
        receiver.otherwise(Reply.status(500));
        var event = happens(carillon, actor, "acct_given_up");
        failAgain(event, 1, Duration.ZERO);
        failAgain(event, 2, Duration.ofSeconds(5));
        failAgain(event, 3, Duration.ofSeconds(5));
        failAgain(event, 4, Duration.ofHours(1));
        failAgain(event, 5, Duration.ofDays(1));

        failAgain(event, 6, Duration.ofDays(4));

        assertThat(carillon.bean(WebhookEndpointService.class)
                        .get(actor, endpoint.id())
                        .status())
                .isEqualTo(EndpointStatus.DISABLED);
        assertThat(news())
                .containsExactly("webhook_endpoint.disabled", "webhook_endpoint.failing", "webhook_endpoint.failing");
        assertThat(ended("skipped")).isEqualTo(1);
        assertThat(attempts.texts("SELECT status_reason FROM webhook_endpoint WHERE id = ?", id()))
                .containsExactly("failing");
    }

    /** Advances the clock so that the event's next attempt is due, and waits until it has failed. */
    private void failAgain(RecordedEvent event, int number, Duration after) {
        // One second more, so that a pause before a probe is over as well.
        clocks.advance(after.plusSeconds(1));
        await("attempt " + number).atMost(SOON).until(() -> attempts.of(event).size(), count -> count == number);
    }

    /** Waits until the dispatcher has read the dispatch hint and looked at the lane. */
    private void awaitPlaceInLane(RecordedEvent event) {
        await().atMost(SOON).until(() -> attempts.number("""
                        SELECT count(*) FROM webhook_delivery
                        JOIN delivery_lane ON lane_key = endpoint_id AND next_due_at > '%s'
                        WHERE event_id = ? AND NOT EXISTS (SELECT FROM delivery_hint WHERE lane_key = endpoint_id)
                        """.formatted(clocks.now()), event), count -> count == 1);
    }

    private long received() {
        var path = receiver.url().resolve(endpoint.url()).getPath();
        return receiver.received().stream()
                .filter(request -> request.path().equals(path))
                .count();
    }

    private long waiting() {
        return attempts.number(
                "SELECT count(*) FROM webhook_delivery WHERE status = 'scheduled' AND endpoint_id = ?", id());
    }

    private long ended(String status) {
        return attempts.number(
                "SELECT count(*) FROM webhook_delivery WHERE status = '%s' AND endpoint_id = ?".formatted(status),
                id());
    }

    private long numberOf(String column) {
        return attempts.number("SELECT %s FROM webhook_endpoint WHERE id = ?".formatted(column), id());
    }

    private boolean flag(String column) {
        return numberOf(column + "::integer") == 1;
    }

    private UUID id() {
        return endpoint.id().value();
    }

    /** Event types about the endpoint, newest first. */
    private List<String> news() {
        return carillon.eventsAbout(actor, endpoint.id()).reversed().stream()
                .map(RecordedEvent::type)
                .toList();
    }

    private void member(String role) throws SQLException {
        try (var connection = carillon.database().asOwner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    WITH person AS (INSERT INTO app_user (id, email) VALUES (gen_random_uuid(), '%s') RETURNING id)
                    INSERT INTO member (id, workspace_id, user_id, role) SELECT gen_random_uuid(), '%s', id, '%s' FROM person
                    """.formatted(address(role), actor.workspace().value(), role));
        }
    }

    private List<dev.carillon.core.mail.Mail> mailTo(String role) {
        return carillon.bean(RecordingMailer.class).to(address(role));
    }

    private String address(String role) {
        return "%s.%s@example.com".formatted(role, actor.workspace().value());
    }
}
