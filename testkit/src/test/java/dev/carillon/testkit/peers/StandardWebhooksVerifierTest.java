package dev.carillon.testkit.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class StandardWebhooksVerifierTest {
    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String SECRET = "whsec_" + KEY;
    private static final String BODY = "{\"type\":\"post.published\",\"text\":\"naïve ☀\"}";

    @Test
    void aWebhookSignedByTheBookPasses() throws GeneralSecurityException {
        var verifier = StandardWebhooksVerifier.installOrSkip();

        assertThat(verifier.objection(SECRET, headersFor(BODY), BODY)).isEmpty();
    }

    @Test
    void aChangedBodyIsRefused() throws GeneralSecurityException {
        var verifier = StandardWebhooksVerifier.installOrSkip();

        assertThat(verifier.objection(SECRET, headersFor(BODY), BODY + " ")).hasValue("No matching signature found");
    }

    private static Map<String, String> headersFor(String body) throws GeneralSecurityException {
        var timestamp = String.valueOf(Instant.now(java.time.Clock.systemUTC()).getEpochSecond());
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
        var signature = mac.doFinal(("evt_1." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "webhook-id",
                "evt_1",
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                "v1," + Base64.getEncoder().encodeToString(signature));
    }
}
