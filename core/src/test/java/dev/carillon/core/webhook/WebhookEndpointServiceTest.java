package dev.carillon.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.event.EventPattern;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.Refusal;
import dev.carillon.core.testing.TestCarillon;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
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
        var made = endpoints.create(
                actor,
                new EndpointDraft(
                        "https://hooks.example.com/in", List.of("post.*", "post.*"), "Mine", Map.of("a", "b")));

        assertThat(endpoints.get(actor, made.endpoint().id())).isEqualTo(made.endpoint());
        assertThat(made.endpoint().events()).containsExactly("post.*");
        assertThat(made.endpoint().status()).isEqualTo(EndpointStatus.ENABLED);
        assertThat(made.secret().value()).startsWith("whsec_");
        assertThat(Base64.getDecoder().decode(made.secret().value().substring(6)))
                .hasSize(32);
        assertThat(made.toString()).doesNotContain(made.secret().value());
        assertThat(storedSecret(made)).doesNotContain(made.secret().value().substring(6));
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

    // Without this one tenant could read where another one's events go, or cut them off.
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
                .satisfies(refused -> assertThat(((Refusal) refused).param()).isEqualTo("/url"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "post", "post.unheard", "*.*", "pos.*", "post.created.*", ".*", "POST.*"})
    void anEventTypeThatDoesNotExistIsRefused(String type) {
        var draft = new EndpointDraft("https://hooks.example.com", List.of("*", type), null, Map.of());

        assertThatThrownBy(() -> endpoints.create(actor, draft))
                .satisfies(is(ErrorCode.INVALID_PARAMETER))
                .satisfies(refused -> assertThat(((Refusal) refused).param()).isEqualTo("/events/1"));
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

    private static EndpointDraft to(String url) {
        return new EndpointDraft(url, List.of("*"), null, Map.of());
    }

    private static String storedSecret(NewEndpoint made) throws SQLException {
        try (var connection = carillon.database().asOwner().getConnection();
                var statement =
                        connection.prepareStatement("SELECT sealed_secret FROM webhook_endpoint WHERE id = ?")) {
            statement.setObject(1, made.endpoint().id().value());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return new String(rows.getBytes(1), StandardCharsets.ISO_8859_1);
            }
        }
    }

    private static java.util.function.Consumer<Throwable> is(ErrorCode code) {
        return refused -> assertThat(refused)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
