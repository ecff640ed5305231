package dev.carillon.core.webhook.endpoint;

import static dev.carillon.core.testing.EndpointDrafts.anEndpoint;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.event.EventPattern;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ApiVersion;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.sealing.Sealer;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.WebhookRows;
import dev.carillon.core.webhook.endpoint.EndpointChange.To;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookEndpointServiceTest {
    private static TestCarillon carillon;
    private static WebhookEndpointService endpoints;
    private static Actor actor;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start();
        endpoints = carillon.bean(WebhookEndpointService.class);
        actor = carillon.test();
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void aNewEndpointIsReadBackAsItWasMadeAndItsSecretIsStoredSealed() throws SQLException {
        var made = endpoints.create(actor, described("https://hooks.example.com/in", "post.*", "post.*"));

        assertThat(endpoints.get(actor, made.endpoint().id())).isEqualTo(made.endpoint());
        assertThat(made.endpoint().events()).containsExactly("post.*");
        assertThat(made.endpoint().status()).isEqualTo(EndpointStatus.ENABLED);
        assertThat(made.secret().value()).startsWith("whsec_");
        assertThat(Base64.getDecoder().decode(made.secret().value().substring(6)))
                .hasSize(32);
        assertThat(made.toString()).doesNotContain(made.secret().value());
        assertThat(stored(made, "sealed_secret"))
                .doesNotContain(made.secret().value().substring(6));
    }

    @Test
    void whatIsSecretOfAnEndpointIsStoredSealedAndShownNowhere() throws SQLException {
        var draft = new EndpointDraft(
                "https://hooks.example.com/all",
                List.of("*"),
                null,
                Map.of(),
                new CustomHeaders(Map.of("Authorization", "Bearer its-own-token")),
                25,
                ApiVersion.NEWEST,
                true);

        var made = endpoints.create(actor, draft);

        var read = endpoints.get(actor, made.endpoint().id());
        assertThat(read).isEqualTo(made.endpoint());
        assertThat(read.settings().headerNames()).containsExactly("Authorization");
        assertThat(read.settings().maxPerSecond()).isEqualTo(25);
        assertThat(read.keys().publicKey()).startsWith("whpk_");
        assertThat(draft.toString() + read + read.payload()).doesNotContain("its-own-token", "whsk_", "whsec_");
        for (var column : List.of("sealed_headers", "sealed_signing_key")) {
            assertThat(stored(made, column)).isNotEmpty().doesNotContain("its-own-token", "whsk_");
        }
    }

    @Test
    void aChangeChangesWhatItNamesAndLeavesTheRest() {
        var made = endpoints.create(actor, described("https://hooks.example.com/a", "*"));
        var id = made.endpoint().id();

        var changed = endpoints.change(
                actor, id, change().url("https://hooks.example.com/b").rate(7).done());
        var headed = endpoints.change(
                actor,
                id,
                change().headers(Map.of("X-A", "1", "X-B", "2"))
                        .asymmetric(true)
                        .done());
        var bare = endpoints.change(
                actor,
                id,
                change().headers(Map.of())
                        .rate(null)
                        .description(null)
                        .asymmetric(false)
                        .done());

        assertThat(changed.settings())
                .isEqualTo(new EndpointSettings(
                        "https://hooks.example.com/b",
                        List.of("*"),
                        "Mine",
                        Map.of("a", "b"),
                        List.of(),
                        7,
                        ApiVersion.NEWEST));
        assertThat(headed.settings().headerNames()).containsExactlyInAnyOrder("X-A", "X-B");
        assertThat(headed.settings().maxPerSecond()).isEqualTo(7);
        assertThat(headed.keys().publicKey()).startsWith("whpk_");
        assertThat(bare.settings().headerNames()).isEmpty();
        assertThat(bare.settings().maxPerSecond()).isNull();
        assertThat(bare.settings().description()).isNull();
        assertThat(bare.settings().metadata()).isEqualTo(Map.of("a", "b"));
        assertThat(bare.keys().publicKey()).isNull();
        assertThat(endpoints.get(actor, id)).isEqualTo(bare);
    }

    @Test
    void aSigningKeyStaysWhereItIsAskedForAgain() {
        var made = endpoints.create(actor, to("https://hooks.example.com/kept"));
        var id = made.endpoint().id();

        var first = endpoints.change(actor, id, change().asymmetric(true).done());

        assertThat(endpoints.change(actor, id, change().asymmetric(true).done()).keys())
                .isEqualTo(first.keys());
    }

    @Test
    void aChangeThatCannotBeIsRefusedAndChangesNothing() {
        var made = endpoints.create(actor, to("https://hooks.example.com/firm")).endpoint();

        for (var wrong : List.of(
                change().url("https://10.0.0.1/").done(),
                change().events(List.of()).done(),
                change().events(List.of("post.exploded")).done(),
                change().rate(0).done(),
                change().rate(1_001).done(),
                change().description("x".repeat(501)).done(),
                change().headers(Map.of("Host", "x")).done())) {
            assertThatThrownBy(() -> endpoints.change(actor, made.id(), wrong)).isInstanceOf(ApiException.class);
        }

        assertThat(endpoints.get(actor, made.id())).isEqualTo(made);
    }

    // If the previous secret were dropped at once, every receiver would reject deliveries until it has the new one.
    @Test
    void aRotationKeepsTheNewestTwoSecretsAndTheirSigningKeys() throws SQLException {
        var rotation = carillon.bean(EndpointRotation.class);
        var made = endpoints.create(
                actor,
                new EndpointDraft(
                        "https://hooks.example.com/rotated",
                        List.of("*"),
                        null,
                        Map.of(),
                        CustomHeaders.NONE,
                        null,
                        ApiVersion.NEWEST,
                        true));
        var id = made.endpoint().id();

        var second = rotation.rotate(actor, id, Duration.ofDays(7));
        var third = rotation.rotate(actor, id, Duration.ofHours(1));

        assertThat(opened(made, "sealed_secret")).isEqualTo(third.secret().value());
        assertThat(opened(made, "sealed_previous_secret"))
                .isEqualTo(second.secret().value());
        assertThat(stored(made, "sealed_previous_signing_key")).isNotEmpty();
        assertThat(third.endpoint().keys().publicKey())
                .isNotEqualTo(second.endpoint().keys().publicKey())
                .isNotEqualTo(made.endpoint().keys().publicKey());
        assertThat(requireNonNull(third.endpoint().keys().previousSecretUntil()))
                .isBefore(requireNonNull(second.endpoint().keys().previousSecretUntil()));

        var alone = rotation.rotate(actor, id, Duration.ZERO);

        assertThat(alone.endpoint().keys().previousSecretUntil()).isNull();
        assertThat(stored(made, "sealed_previous_secret")).isEmpty();
        assertThat(stored(made, "sealed_previous_signing_key")).isEmpty();
    }

    @Test
    void anEndpointIsSwitchedOffAndOnAndForgetsHowItWasDoing() throws SQLException {
        var switches = carillon.bean(EndpointSwitches.class);
        var rows = new WebhookRows(carillon);
        var id = endpoints
                .create(actor, to("https://hooks.example.com/switched"))
                .endpoint()
                .id();
        var uuid = id.value();

        var off = switches.disable(actor, id);
        var again = switches.disable(actor, id);
        assertThatThrownBy(() -> switches.test(actor, id)).satisfies(is(ErrorCode.CONFLICT));
        rows.run(
                "UPDATE webhook_endpoint SET failing_since = now(), failures = 12, warnings = 2, probing = true WHERE id = '%s'"
                        .formatted(uuid));
        rows.run(
                "INSERT INTO delivery_lane (lane_key, workspace_id, livemode, paused_until) SELECT id, workspace_id, livemode, now() + interval '1 day' FROM webhook_endpoint WHERE id = '%s'"
                        .formatted(uuid));
        var on = switches.enable(actor, id);

        assertThat(off.status()).isEqualTo(EndpointStatus.DISABLED);
        assertThat(off.state().reason()).isEqualTo(DisabledReason.REQUESTED);
        assertThat(again).isEqualTo(off);
        assertThat(on.state()).isEqualTo(EndpointState.FRESH);
        assertThat(switches.enable(actor, id)).isEqualTo(on);
        assertThat(rows.count(
                        "SELECT count(*) AS n FROM webhook_endpoint WHERE id = ? AND warnings = 0 AND NOT probing", id))
                .isOne();
        assertThat(rows.count(
                        "SELECT count(*) AS n FROM delivery_lane WHERE lane_key = ? AND paused_until IS NULL", id))
                .isOne();
        assertThat(rows.count(
                        "SELECT count(*) AS n FROM event WHERE type = 'webhook_endpoint.disabled' AND object_id = ?",
                        id.toString()))
                .as("one event")
                .isOne();
    }

    @Test
    void aDeletedEndpointIsNotFoundAndNotListed() {
        var made = endpoints.create(actor, to("https://hooks.example.com/deleted"));

        var deleted = endpoints.delete(actor, made.endpoint().id());

        assertThat(deleted.status()).isEqualTo(EndpointStatus.DELETED);
        assertThatThrownBy(() -> endpoints.get(actor, made.endpoint().id())).satisfies(is(ErrorCode.NOT_FOUND));
        assertThatThrownBy(() -> endpoints.delete(actor, made.endpoint().id())).satisfies(is(ErrorCode.NOT_FOUND));
        assertThat(endpoints.list(actor, new PageRequest(100, null)).data())
                .extracting(WebhookEndpoint::id)
                .doesNotContain(made.endpoint().id());
    }

    // Without this, one tenant could read where another tenant's events go, or stop them.
    @Test
    void anEndpointIsUnknownToOtherWorkspacesAndModes() {
        var made = endpoints
                .create(actor, to("https://hooks.example.com/fenced"))
                .endpoint()
                .id();
        var stranger = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));

        for (var other : List.of(stranger, carillon.live())) {
            assertThatThrownBy(() -> endpoints.get(other, made)).satisfies(is(ErrorCode.NOT_FOUND));
            assertThatThrownBy(() -> endpoints.delete(other, made)).satisfies(is(ErrorCode.NOT_FOUND));
            assertThat(endpoints.list(other, new PageRequest(100, null)).data()).isEmpty();
        }
    }

    @Test
    void whoeverAsksAtTheSameTimeStaysWithinThePlan() throws InterruptedException {
        var crowd = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<NewEndpoint> creating = () -> endpoints.create(crowd, to("https://hooks.example.com/crowd"));
            threads.invokeAll(Collections.nCopies(30, creating));
        }

        assertThat(endpoints.list(crowd, new PageRequest(100, null)).data()).hasSize(20);
        assertThatThrownBy(() -> endpoints.create(crowd, to("https://hooks.example.com/crowd")))
                .satisfies(is(ErrorCode.LIMIT_REACHED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.com",
                "https://127.0.0.1/in",
                "https://localhost/in",
                "ftp://x.example.com",
                "no"
            })
    void anAddressThatMayNotBeCalledIsRefused(String url) {
        assertThatThrownBy(() -> endpoints.create(actor, to(url)))
                .satisfies(is(ErrorCode.ADDRESS_NOT_ALLOWED))
                .satisfies(
                        refused -> assertThat(((ApiException) refused).param()).isEqualTo("/url"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "post", "post.unheard", "*.*", "pos.*", "post.created.*", ".*", "POST.*"})
    void anEventTypeThatDoesNotExistIsRefused(String type) {
        var draft = anEndpoint("https://hooks.example.com", "*", type);

        assertThatThrownBy(() -> endpoints.create(actor, draft))
                .satisfies(is(ErrorCode.INVALID_PARAMETER))
                .satisfies(
                        refused -> assertThat(((ApiException) refused).param()).isEqualTo("/events/1"));
    }

    @ParameterizedTest
    @CsvSource({
        "*, post.created, true",
        "post.*, post.created, true",
        "post.*, publication.failed, false",
        "post.created, post.created, true",
        "post.created, post.canceled, false"
    })
    void aPatternFitsWhatItNames(String pattern, String type, boolean fits) {
        assertThat(EventPattern.read(pattern).orElseThrow().matches(type)).isEqualTo(fits);
    }

    private static EndpointDraft described(String url, String... events) {
        return new EndpointDraft(
                url, List.of(events), "Mine", Map.of("a", "b"), CustomHeaders.NONE, null, ApiVersion.NEWEST, false);
    }

    private static EndpointDraft to(String url) {
        return anEndpoint(url, "*");
    }

    private static String opened(NewEndpoint made, String column) throws SQLException {
        var sealed = stored(made, column).getBytes(StandardCharsets.ISO_8859_1);
        return carillon.bean(Sealer.class)
                .open(actor.workspace(), EndpointSecret.purpose(made.endpoint().id()), sealed);
    }

    private static ChangeBuilder change() {
        return new ChangeBuilder();
    }

    /** A change of only those fields that a test sets. */
    private static final class ChangeBuilder {
        private @Nullable String url;
        private @Nullable List<String> events;
        private @Nullable To<String> description;
        private @Nullable CustomHeaders headers;
        private @Nullable To<Integer> rate;
        private @Nullable Boolean asymmetric;

        ChangeBuilder url(String value) {
            url = value;
            return this;
        }

        ChangeBuilder events(List<String> value) {
            events = value;
            return this;
        }

        ChangeBuilder description(@Nullable String value) {
            description = new To<>(value);
            return this;
        }

        ChangeBuilder headers(Map<String, String> value) {
            headers = new CustomHeaders(value);
            return this;
        }

        ChangeBuilder rate(@Nullable Integer value) {
            rate = new To<>(value);
            return this;
        }

        ChangeBuilder asymmetric(boolean value) {
            asymmetric = value;
            return this;
        }

        EndpointChange done() {
            return new EndpointChange(url, events, description, null, headers, rate, null, asymmetric);
        }
    }

    private static String stored(NewEndpoint made, String column) throws SQLException {
        try (var connection = carillon.database().asOwner().getConnection();
                var statement = connection.prepareStatement(
                        "SELECT coalesce(%s, '') FROM webhook_endpoint WHERE id = ?".formatted(column))) {
            statement.setObject(1, made.endpoint().id().value());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return new String(rows.getBytes(1), StandardCharsets.ISO_8859_1);
            }
        }
    }

    private static Consumer<Throwable> is(ErrorCode code) {
        return refused -> assertThat(refused)
                .isInstanceOfSatisfying(ApiException.class, exception -> assertThat(exception.code())
                        .isEqualTo(code));
    }
}
