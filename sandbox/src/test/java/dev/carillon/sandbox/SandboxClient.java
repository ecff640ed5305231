package dev.carillon.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/** Calls the platform as Carillon does, with the right secret unless a test gives another one. */
final class SandboxClient implements AutoCloseable {
    static final String SECRET = "a secret for tests only";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;

    SandboxClient(URI url) {
        this.url = url;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + SECRET);
    }

    Reply get(String path) {
        return send(request(path).GET().build());
    }

    Reply put(String path, String json) {
        return send(request(path).PUT(BodyPublishers.ofString(json)).build());
    }

    Reply post(String path, String json) {
        return send(request(path).POST(BodyPublishers.ofString(json)).build());
    }

    Reply delete(String path) {
        return send(request(path).DELETE().build());
    }

    Reply send(HttpRequest request) {
        try {
            return new Reply(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Registers a new account and returns its path. */
    String newAccount() {
        var path = "/accounts/acct_" + UUID.randomUUID();
        put(path, """
                {"platform": "bluesky", "username": "ada"}
                """);
        return path;
    }

    Reply publish(String account, String text, String clientKey) {
        return post(account + "/posts", """
                {"platform": "bluesky", "text": "%s", "client_key": "%s"}
                """.formatted(text, clientKey));
    }

    Reply publishOnce(String account, String text, String clientKey) {
        return post(account + "/posts", """
                {"platform": "bluesky", "text": "%s", "client_key": "%s", "own_idempotency": true}
                """.formatted(text, clientKey));
    }

    Reply posts(String account) {
        return get(account + "/posts");
    }

    long total(String account) {
        return posts(account).number("total");
    }

    @Override
    public void close() {
        http.close();
    }
}
