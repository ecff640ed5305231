package dev.carillon.webhooks;

import static dev.carillon.webhooks.Facts.happens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.ApiVersion;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.endpoint.CustomHeaders;
import dev.carillon.core.webhook.endpoint.EndpointDraft;
import dev.carillon.core.webhook.endpoint.EndpointRotation;
import dev.carillon.core.webhook.endpoint.EndpointSecret;
import dev.carillon.core.webhook.endpoint.NewEndpoint;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import dev.carillon.testkit.ReceivedRequest;
import dev.carillon.testkit.Reply;
import dev.carillon.testkit.WebhookReceiver;
import dev.carillon.testkit.peers.StandardWebhooksVerifier;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifies our signatures with libraries that share no code with ours. */
class SigningTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final byte[] ED25519_KEY = HexFormat.of().parseHex("302a300506032b6570032100");

    private static WebhookReceiver receiver;
    private static TestCarillon carillon;
    private Actor actor;

    @BeforeAll
    static void start() {
        receiver = WebhookReceiver.start();
        carillon = TestCarillon.start(Map.of(
                "carillon.outbound.allow", receiver.url().getAuthority(), "carillon.webhooks.retries", "1100ms"));
        carillon.bean(DispatchRole.class).start();
    }

    @BeforeEach
    void newTenant() {
        actor = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
    }

    @AfterAll
    static void stop() {
        carillon.bean(DispatchRole.class).close();
        carillon.close();
        receiver.close();
    }

    // Without the overlap, you would lose events while you replace the secret on your servers one by one.
    @Test
    void whileARotationGoesOnBothSecretsVerifyAndAfterwardsTheNewOneAlone() {
        var first = endpoint("/rotated", CustomHeaders.NONE, false);
        var rotation = carillon.bean(EndpointRotation.class);
        var second = rotation.rotate(actor, first.endpoint().id(), Duration.ofHours(1));

        var during = delivered("/rotated", "acct_during");

        assertThat(verifies(first.secret(), during)).isTrue();
        assertThat(verifies(second.secret(), during)).isTrue();
        var third = rotation.rotate(actor, first.endpoint().id(), Duration.ZERO);
        var after = delivered("/rotated", "acct_after");
        assertThat(verifies(second.secret(), after)).isFalse();
        assertThat(verifies(third.secret(), after)).isTrue();
    }

    @Test
    void theReferenceLibraryForJavaScriptIsSatisfiedWithBothSecretsToo() {
        var verifier = StandardWebhooksVerifier.installOrSkip();
        var first = endpoint("/npm", CustomHeaders.NONE, true);
        var second = carillon.bean(EndpointRotation.class)
                .rotate(actor, first.endpoint().id(), Duration.ofHours(1));

        var webhook = delivered("/npm", "acct_npm");

        var headers = new HashMap<String, String>();
        webhook.headers()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        for (var secret : List.of(first.secret(), second.secret())) {
            assertThat(verifier.objection(secret.value(), headers, webhook.text()))
                    .isEmpty();
        }
        assertThat(verifier.objection(second.secret().value(), headers, webhook.text() + " "))
                .isNotEmpty();
    }

    @Test
    void anEndpointWithASigningKeyCanBeCheckedWithItsPublicKeyBeforeAndAfterARotation() throws Exception {
        var first = endpoint("/ed25519", CustomHeaders.NONE, true);
        var second = carillon.bean(EndpointRotation.class)
                .rotate(actor, first.endpoint().id(), Duration.ofHours(1));

        var webhook = delivered("/ed25519", "acct_ed25519");

        assertThat(signatures(webhook, "v1,")).hasSize(2);
        assertThat(signatures(webhook, "v1a,")).hasSize(2);
        for (var endpoint : List.of(first, second)) {
            var key = Objects.requireNonNull(endpoint.endpoint().keys().publicKey());
            assertThat(signatures(webhook, "v1a,").stream()
                            .filter(signature -> isSigned(key, webhook, signature))
                            .count())
                    .isOne();
        }
    }

    @Test
    void theHeadersOfAnEndpointComeWithOurs() {
        endpoint("/headers", new CustomHeaders(Map.of("Authorization", "Bearer of good news", "X-Team", "one")), false);

        var webhook = delivered("/headers", "acct_headers");

        assertThat(webhook.header("authorization")).contains("Bearer of good news");
        assertThat(webhook.header("x-team")).contains("one");
        assertThat(webhook.header("content-type")).contains("application/json");
    }

    @Test
    void eachAttemptHasTheSameIdAndATimeOfItsOwn() {
        receiver.replying(Reply.status(500));
        var endpoint = endpoint("/timed", CustomHeaders.NONE, false);

        var event = happens(carillon, actor, "acct_timed");

        await().atMost(SOON).until(() -> at("/timed").size() == 2);
        assertThat(at("/timed")).allSatisfy(webhook -> {
            assertThat(webhook.header("webhook-id")).contains(event.id().toString());
            assertThat(verifies(endpoint.secret(), webhook)).isTrue();
        });
        assertThat(at("/timed").get(0).header("webhook-timestamp"))
                .isNotEqualTo(at("/timed").get(1).header("webhook-timestamp"));
    }

    private NewEndpoint endpoint(String path, CustomHeaders headers, boolean asymmetric) {
        return carillon.bean(WebhookEndpointService.class)
                .create(
                        actor,
                        new EndpointDraft(
                                receiver.url(path).toString(),
                                List.of("account.*"),
                                null,
                                Map.of(),
                                headers,
                                null,
                                ApiVersion.NEWEST,
                                asymmetric));
    }

    private ReceivedRequest delivered(String path, String account) {
        var event = happens(carillon, actor, account);
        return receiver.awaitReceived(
                request -> request.path().equals(path)
                        && request.header("webhook-id")
                                .orElse("")
                                .equals(event.id().toString()),
                SOON);
    }

    private static List<ReceivedRequest> at(String path) {
        return receiver.received().stream()
                .filter(request -> request.path().equals(path))
                .toList();
    }

    private static boolean verifies(EndpointSecret secret, ReceivedRequest webhook) {
        try {
            new Webhook(secret.value()).verify(webhook.text(), webhook.headers());
            return true;
        } catch (WebhookVerificationException refused) {
            return false;
        } catch (com.standardwebhooks.exceptions.EmptyWebhookSecretException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> signatures(ReceivedRequest webhook, String version) {
        return List.of(webhook.header("webhook-signature").orElseThrow().split(" ")).stream()
                .filter(signature -> signature.startsWith(version))
                .map(signature -> signature.substring(version.length()))
                .toList();
    }

    private static boolean isSigned(String publicKey, ReceivedRequest webhook, String signature) {
        try {
            var raw = Base64.getDecoder().decode(publicKey.substring("whpk_".length()));
            var encoded = java.util.Arrays.copyOf(ED25519_KEY, ED25519_KEY.length + raw.length);
            System.arraycopy(raw, 0, encoded, ED25519_KEY.length, raw.length);
            var checking = Signature.getInstance("Ed25519");
            checking.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            checking.update("%s.%s.%s"
                    .formatted(
                            webhook.header("webhook-id").orElseThrow(),
                            webhook.header("webhook-timestamp").orElseThrow(),
                            webhook.text())
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return checking.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
