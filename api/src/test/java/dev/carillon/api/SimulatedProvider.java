package dev.carillon.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider that fails on demand. By default, it signs everyone in as {@code grace@example.com}. */
final class SimulatedProvider implements AutoCloseable {
    private static final String CLIENT = "client-1";

    private final HttpServer server;
    private final RSAKey key;
    private final Map<String, Answer> instead = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String nonce = "";
    private volatile Map<String, Object> claims = Map.of();
    private volatile Map<String, Object> document = Map.of();

    /** How a path answers. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    SimulatedProvider() {
        try {
            key = new RSAKeyGenerator(2048)
                    .keyID("key-1")
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Settings for a process that uses it as the provider {@code played}. */
    Map<String, Object> settings() {
        return Map.of(
                "carillon.oidc.providers", "played",
                "carillon.oidc.played.name", "Played Accounts",
                "carillon.oidc.played.issuer", issuer(),
                "carillon.oidc.played.client-id", CLIENT,
                "carillon.oidc.played.client-secret", "client-secret-1",
                "carillon.oidc.timeout", "1s",
                "carillon.oidc.keep", "0s");
    }

    void answers(String path, Answer answer) {
        instead.put(path, answer);
    }

    void answers(String path, int status, String body) {
        answers(path, exchange -> send(exchange, status, body));
    }

    /** Makes this path accept requests and never answer. */
    void hangsAt(String path) {
        answers(path, exchange -> {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    void redirects(String path, String to) {
        answers(path, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
    }

    /** Adds or overrides claims in its ID tokens. */
    void claims(Map<String, Object> others) {
        claims = others;
    }

    /** Adds or overrides fields in its discovery document. */
    void document(Map<String, Object> others) {
        document = others;
    }

    void behave() {
        instead.clear();
        claims = Map.of();
        document = Map.of();
    }

    int timesAsked(String path) {
        return asked.computeIfAbsent(path, none -> new AtomicInteger()).get();
    }

    /** The redirect URI with code and state, to which a browser returns. */
    URI authorized(URI sentTo) {
        var asked = query(sentTo);
        nonce = asked.getOrDefault("nonce", "");
        return URI.create(asked.get("redirect_uri") + "?code=code-1&state=" + asked.get("state"));
    }

    static Map<String, String> query(URI uri) {
        var values = new LinkedHashMap<String, String>();
        for (var pair : uri.getRawQuery().split("&", -1)) {
            var parts = pair.split("=", 2);
            values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return values;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        asked.computeIfAbsent(path, none -> new AtomicInteger()).incrementAndGet();
        var other = instead.get(path);
        if (other != null) {
            other.to(exchange);
            return;
        }
        switch (path) {
            case "/.well-known/openid-configuration" -> send(exchange, 200, json(document()));
            case "/keys" -> send(exchange, 200, new JWKSet(key).toString());
            case "/token" ->
                send(
                        exchange,
                        200,
                        json(Map.of("access_token", "access-1", "token_type", "Bearer", "id_token", idToken())));
            default -> send(exchange, 404, "");
        }
    }

    private Map<String, Object> document() {
        var all = new LinkedHashMap<String, Object>(Map.of(
                "issuer", issuer(),
                "authorization_endpoint", issuer() + "/authorize",
                "token_endpoint", issuer() + "/token",
                "jwks_uri", issuer() + "/keys",
                "response_types_supported", List.of("code"),
                "subject_types_supported", List.of("public"),
                "id_token_signing_alg_values_supported", List.of("RS256")));
        all.putAll(document);
        return all;
    }

    private String idToken() {
        var now = Clock.systemUTC().instant();
        var set = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject("grace")
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))))
                .claim("nonce", nonce)
                .claim("email", "grace@example.com")
                .claim("email_verified", true);
        claims.forEach(set::claim);
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), set.build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static String json(Map<String, Object> object) {
        return JSONObjectUtils.toJSONString(object);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
