package dev.carillon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import dev.carillon.app.events.Forwarder;
import dev.carillon.app.events.SimulatedStreams;
import dev.carillon.app.events.SimulatedStreams.Script.Ends;
import dev.carillon.testkit.WebhookReceiver;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventsListenTest {
    private static final String EVENT =
            "id: evt_one\nevent: post.created\ndata: {\"created_at\":\"2026-11-28T09:00:00Z\",\"data\":{}}\n\n";

    private final StringWriter out = new StringWriter();
    private SimulatedStreams api;
    private WebhookReceiver receiver;

    @BeforeEach
    void start() {
        api = SimulatedStreams.start(new Ends(EVENT));
        receiver = WebhookReceiver.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
        api.close();
    }

    // It may be the secret of a real endpoint, and terminals are recorded and shared.
    @Test
    void aSecretThatWasGivenSignsAndIsNotPrinted() {
        var secret = Forwarder.newSecret();

        assertThat(listen("--secret", secret)).isZero();

        assertThat(out.toString())
                .contains("Signing secret  as given")
                .contains("<--  204  POST")
                .doesNotContain(secret.substring("whsec_".length()));
        assertSignedWith(secret);
    }

    @Test
    void aSecretThatWasMadeIsPrintedForWhoeverChecksSignatures() {
        assertThat(listen()).isZero();

        var line = out.toString()
                .lines()
                .filter(each -> each.startsWith("Signing secret  "))
                .findFirst()
                .orElseThrow();
        assertSignedWith(line.substring("Signing secret  ".length()));
    }

    private int listen(String... further) {
        var words = Stream.concat(
                Stream.of(
                        "events",
                        "listen",
                        "--key",
                        "sk_test_key",
                        "--count",
                        "1",
                        "--url",
                        api.url().toString(),
                        "--forward-to",
                        receiver.url().toString()),
                Stream.of(further));
        return Carillon.commandLine(new PrintWriter(out, true)).execute(words.toArray(String[]::new));
    }

    private void assertSignedWith(String secret) {
        var request = receiver.received().getFirst();
        assertThatCode(() -> new Webhook(secret).verify(request.text(), request.headers()))
                .doesNotThrowAnyException();
    }
}
