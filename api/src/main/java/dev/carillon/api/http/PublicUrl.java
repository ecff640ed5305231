package dev.carillon.api.http;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * The URL at which people's browsers reach the API, for links in emails. The Host header of a request is trusted only if it names this
 * machine itself: otherwise an attacker could make our links point to another host.
 */
@Singleton
public final class PublicUrl {
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");

    private final String configured;

    /**
     * Reads the setting.
     *
     * @param configured {@code http(s)://host}, with or without a port; if empty, the address on this machine
     * @throws IllegalArgumentException if it is not such a URL, which stops the process at start
     */
    PublicUrl(@Value("${carillon.public-url:}") String configured) {
        this.configured = configured.strip().replaceAll("/+$", "");
        if (!this.configured.isEmpty() && !this.configured.matches("https?://[^/?#\\s@]+")) {
            throw new IllegalArgumentException(
                    "CARILLON_PUBLIC_URL must be a URL such as https://carillon.example.com");
        }
    }

    public boolean isSet() {
        return !configured.isEmpty();
    }

    /** Scheme, host and port: the origin of our pages, as a browser states it. */
    public String origin(HttpRequest<?> request) {
        if (isSet()) {
            return configured;
        }
        var host = request.getHeaders().get(HttpHeaders.HOST);
        return host != null && LOOPBACK.matcher(host).matches()
                ? "http://" + host
                : "http://127.0.0.1:" + request.getServerAddress().getPort();
    }

    /** A link to one of our paths; the path starts with a slash. */
    public URI link(HttpRequest<?> request, String path) {
        return URI.create(origin(request) + path);
    }
}
