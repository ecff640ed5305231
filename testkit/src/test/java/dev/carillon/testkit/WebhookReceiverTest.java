package dev.carillon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookReceiverTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final WebhookReceiver receiver = WebhookReceiver.start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void aRequestIsKeptByteForByteWithItsHeaders() throws Exception {
        byte[] body = {'{', (byte) 0xc3, (byte) 0xa4, '}', (byte) 0xff};

        send(HttpRequest.newBuilder(receiver.url("/hooks?tower=1"))
                .header("webhook-id", "evt_1")
                .POST(BodyPublishers.ofByteArray(body)));

        var request = receiver.awaitReceived(1, SOON).getFirst();
        assertThat(request.body()).isEqualTo(body);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/hooks?tower=1");
        assertThat(request.header("Webhook-Id")).contains("evt_1");
        assertThat(request.headers()).containsKey("webhook-id");
    }

    @Test
    void theScriptIsPlayedInOrderAndThenTheDefaultApplies() throws Exception {
        receiver.replying(Reply.status(500), Reply.status(429).withBody("later"))
                .otherwise(Reply.status(202));

        assertThat(post("1").statusCode()).isEqualTo(500);
        assertThat(post("2").body()).isEqualTo("later");
        assertThat(post("3").statusCode()).isEqualTo(202);
        assertThat(post("4").statusCode()).isEqualTo(202);
        assertThat(receiver.received()).extracting(ReceivedRequest::text).containsExactly("1", "2", "3", "4");
    }

    @Test
    void aCutConnectionGivesNoAnswerAndTheRequestIsStillKept() {
        receiver.otherwise(Reply.cut());

        assertThatThrownBy(() -> post("lost")).isInstanceOf(IOException.class);

        assertThat(receiver.awaitReceived(request -> request.text().equals("lost"), SOON)
                        .method())
                .isEqualTo("POST");
    }

    @Test
    void aDelayedReplyKeepsTheCallerWaitingButNotTheReceiver() {
        receiver.replying(Reply.ok().after(Duration.ofMinutes(5)));

        assertThatThrownBy(() -> send(request("slow").timeout(Duration.ofMillis(200))))
                .isInstanceOf(HttpTimeoutException.class);
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(request(body));
    }

    private HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(receiver.url()).POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
