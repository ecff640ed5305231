package dev.carillon.app.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.core.kernel.AccountId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the sandbox platform's process what it accepted. */
final class Judge implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI platform;
    private final String secret;

    Judge(World world) {
        platform = world.platformUrl();
        secret = world.platformSecret();
    }

    /**
     * A post as the platform has it.
     *
     * @param replyTo the platform's id of the post that it replies to; empty if none
     */
    record Shown(String id, String text, String replyTo) {}

    /** Every post that the platform ever accepted for the account: the platform's ids and times, by publication id. */
    Map<String, List<String>> accepted(AccountId account) {
        var accepted = new HashMap<String, List<String>>();
        for (var post : posts(account)) {
            accepted.computeIfAbsent(post.path("client_key").asText(), key -> new ArrayList<>())
                    .add("%s at %s"
                            .formatted(
                                    post.path("id").asText(),
                                    post.path("created_at").asText()));
        }
        return accepted;
    }

    /** The account's posts as the platform shows them, the oldest first. */
    List<Shown> shown(AccountId account) {
        return posts(account).reversed().stream()
                .map(post -> new Shown(
                        post.path("id").asText(),
                        post.path("text").asText(),
                        post.hasNonNull("reply_to") ? post.path("reply_to").asText() : ""))
                .toList();
    }

    /** The newest first. */
    private List<JsonNode> posts(AccountId account) {
        var posts = new ArrayList<JsonNode>();
        var cursor = "";
        while (true) {
            var reply = get("/accounts/%s/posts?limit=100%s".formatted(account, cursor));
            if (reply.path("error").path("code").asText().equals("account_not_found")) {
                return List.of();
            }
            reply.withArray("data").forEach(posts::add);
            if (!reply.hasNonNull("next_cursor")) {
                return posts;
            }
            cursor = "&cursor=" + reply.path("next_cursor").asText();
        }
    }

    private JsonNode get(String path) {
        try {
            var request = HttpRequest.newBuilder(platform.resolve(path))
                    .timeout(PATIENCE)
                    .header("Authorization", "Bearer " + secret)
                    .build();
            var reply = http.send(request, BodyHandlers.ofString());
            if (reply.statusCode() != 200 && reply.statusCode() != 404) {
                throw new IllegalStateException("the sandbox platform answered " + reply.body());
            }
            return JSON.readTree(reply.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
