package dev.carillon.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Reads redirects. */
final class Redirects {
    private Redirects() {}

    /** The {@code Location} that another server answers with. */
    static URI by(URI elsewhere) {
        try (var http = HttpClient.newHttpClient()) {
            var reply = http.send(HttpRequest.newBuilder(elsewhere).build(), BodyHandlers.ofString());
            return URI.create(reply.headers()
                    .firstValue("Location")
                    .orElseThrow(() -> new AssertionError(reply.statusCode() + ": " + reply.body())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The path and query of a URI. */
    static String pathOf(URI uri) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }
}
