package dev.carillon.app.events;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;

/**
 * Forwards events to a program under development, signed according to Standard Webhooks exactly as real deliveries are;
 * one after the other, once each.
 */
public final class Forwarder implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int SECRET_BYTES = 32;
    private static final String SECRET_PREFIX = "whsec_";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final URI target;
    private final Webhook signer;
    private final Clock clock;

    /**
     * Prepares to send.
     *
     * @throws EventsRefused for an invalid address, for one beyond this machine unless {@code anywhere}, and for an
     *     invalid secret
     */
    public Forwarder(URI target, String secret, boolean anywhere, Clock clock) {
        this.target = checked(target, anywhere);
        this.clock = clock;
        try {
            this.signer = new Webhook(secret);
        } catch (EmptyWebhookSecretException | IllegalArgumentException e) {
            throw new EventsRefused(
                    "The secret must be %s followed by Base64, as Carillon shows it.".formatted(SECRET_PREFIX));
        }
    }

    /** A secret in the format of an endpoint's. */
    public static String newSecret() {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return SECRET_PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /** Events reveal what a workspace does, so they leave this machine only if the operator allows it. */
    private static URI checked(URI target, boolean anywhere) {
        var scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
        if (target.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new EventsRefused(
                    "%s is not a URL to forward to. Use one such as http://localhost:3000/hook.".formatted(target));
        }
        if (!anywhere && !isLoopback(target.getHost())) {
            throw new EventsRefused(
                    "%s is not on this machine. Use a local URL, or add --allow-remote to send events there."
                            .formatted(target.getHost()));
        }
        return target;
    }

    /** Checks the name or number itself, without resolving it. */
    private static boolean isLoopback(String host) {
        var bare = host.replaceAll("^\\[|]$", "").toLowerCase(Locale.ROOT);
        if (bare.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(bare).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Forwards an event; returns the result in one line. */
    public String forward(StreamedEvent event) throws InterruptedException {
        long began = System.nanoTime();
        var outcome = send(event);
        return "%s  POST %s  %d ms"
                .formatted(
                        outcome,
                        target,
                        Duration.ofNanos(System.nanoTime() - began).toMillis());
    }

    private String send(StreamedEvent event) throws InterruptedException {
        long timestamp = clock.instant().getEpochSecond();
        try {
            var request = HttpRequest.newBuilder(target)
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .header(Webhook.UNBRANDED_MSG_ID_KEY, event.id())
                    .header(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, Long.toString(timestamp))
                    .header(Webhook.UNBRANDED_MSG_SIGNATURE_KEY, signer.sign(event.id(), timestamp, event.body()))
                    .POST(BodyPublishers.ofString(event.body()))
                    .build();
            return Integer.toString(
                    http.send(request, BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return "ERR (%s)".formatted(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (WebhookSigningException e) {
            throw new IllegalStateException("could not sign " + event.id(), e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
