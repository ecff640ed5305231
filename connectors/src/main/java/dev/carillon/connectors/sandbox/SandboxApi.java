package dev.carillon.connectors.sandbox;

import dev.carillon.connectors.http.JsonHttp;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundRequest;
import dev.carillon.core.net.Purpose;
import dev.carillon.core.platform.PlatformPost;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The calls that the sandbox platform answers, and their shapes. */
@Singleton
final class SandboxApi {
    private final JsonHttp http;
    private final SandboxClientConfig config;

    SandboxApi(JsonHttp http, SandboxClientConfig config) {
        this.http = http;
        this.config = config;
    }

    @Serdeable
    record Registration(String platform, String username) {}

    /**
     * A post to be accepted.
     *
     * @param clientKey our name for it, by which it can be looked up
     * @param ownIdempotency whether the played network recognises a repetition by that name
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record NewPost(
            String platform, String text, String clientKey, boolean ownIdempotency, Map<String, Object> settings) {}

    @Serdeable
    record Accepted(@Nullable String id, @Nullable String url) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Listed(
            String id,
            String url,
            String platform,
            String text,
            String clientKey,
            @Nullable String replyTo,
            @Nullable Map<String, Object> settings,
            Instant createdAt,
            @Nullable Instant deletedAt) {}

    @Serdeable
    record Matches(@Nullable List<Accepted> data) {}

    @Serdeable
    record Recent(
            @Nullable String id,
            @Nullable String url,
            @Nullable String text) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record RecentPage(@Nullable List<Recent> data, @Nullable String nextCursor) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Page(List<Listed> data, long total, @Nullable String nextCursor) {}

    @Serdeable
    record Trouble(@Nullable Detail error) {
        String code() {
            return error == null || error.code() == null ? "" : error.code();
        }

        String text() {
            return error == null || error.message() == null ? code() : code() + ": " + error.message();
        }
    }

    @Serdeable
    record Detail(@Nullable String code, @Nullable String message) {}

    OutboundReply register(String account, Registration registration, Deadline deadline) {
        var request = http.post(Purpose.SANDBOX, url(account), registration, deadline);
        return send(request.withMethod("PUT"));
    }

    OutboundReply post(String account, NewPost post, Deadline deadline) {
        return send(http.post(Purpose.SANDBOX, url(account) + "/posts", post, deadline));
    }

    OutboundReply withClientKey(String account, String clientKey, Deadline deadline) {
        return send(OutboundRequest.get(
                Purpose.SANDBOX, url(account) + "/posts?client_key=" + encoded(clientKey), deadline));
    }

    OutboundReply recent(String account, Instant since, Instant until, Optional<String> cursor, Deadline deadline) {
        var window = "/recent?since=%s&until=%s".formatted(since, until);
        var after = cursor.map(value -> "&cursor=" + encoded(value)).orElse("");
        return send(OutboundRequest.get(Purpose.SANDBOX, url(account) + window + after, deadline));
    }

    OutboundReply page(String account, Optional<String> cursor, int limit, Deadline deadline) {
        var after = cursor.map(value -> "&cursor=" + encoded(value)).orElse("");
        return send(OutboundRequest.get(Purpose.SANDBOX, url(account) + "/posts?limit=" + limit + after, deadline));
    }

    OutboundReply one(String account, String post, Deadline deadline) {
        return send(OutboundRequest.get(Purpose.SANDBOX, url(account) + "/posts/" + encoded(post), deadline));
    }

    OutboundReply delete(String account, String post, Deadline deadline) {
        var get = OutboundRequest.get(Purpose.SANDBOX, url(account) + "/posts/" + encoded(post), deadline);
        return send(get.withMethod("DELETE"));
    }

    <T> Optional<T> read(Answered answer, Class<T> type) {
        return http.read(answer, type);
    }

    Trouble trouble(Answered answer) {
        return read(answer, Trouble.class).orElseGet(() -> new Trouble(null));
    }

    /** Whether it does not know the account, which therefore has no posts. */
    boolean isUnregistered(OutboundReply reply) {
        return reply instanceof Answered answer
                && answer.status() == 404
                && trouble(answer).code().equals(SandboxErrors.ACCOUNT_NOT_FOUND);
    }

    static Optional<PlatformPost> post(Accepted accepted) {
        return post(accepted.id(), accepted.url());
    }

    static Optional<PlatformPost> post(@Nullable String id, @Nullable String url) {
        return id == null || url == null ? Optional.empty() : Optional.of(new PlatformPost(id, url, Map.of("id", id)));
    }

    private OutboundReply send(OutboundRequest request) {
        return http.send(request.withHeader("Authorization", "Bearer " + config.secret()));
    }

    private String url(String account) {
        return config.url() + "/accounts/" + encoded(account);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
