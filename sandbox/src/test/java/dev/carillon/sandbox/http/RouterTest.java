package dev.carillon.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class RouterTest {
    // The exception may contain a post's text or a database address, which the caller must not see.
    @Test
    void anAccidentIsAnsweredWithoutItsStory() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", new Router("a secret for tests only").open("GET", "/", request -> {
                    throw new IllegalStateException("the story");
                }));
        server.start();
        try (var client = HttpClient.newHttpClient()) {
            var url = URI.create(
                    "http://127.0.0.1:%d/".formatted(server.getAddress().getPort()));

            var answer = client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("internal_error").doesNotContain("story", "Exception");
        } finally {
            server.stop(0);
        }
    }
}
