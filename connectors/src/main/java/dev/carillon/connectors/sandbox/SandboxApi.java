package dev.carillon.connectors.sandbox;

import dev.carillon.connectors.http.JsonHttp;
import dev.carillon.connectors.sandbox.SandboxFaults.Fault;
import dev.carillon.core.kernel.FaultId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundRequest;
import dev.carillon.core.net.Purpose;
import dev.carillon.core.platform.PlatformPost;
import io.micronaut.json.tree.JsonNode;
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

/** The sandbox platform's calls and their shapes. */
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
     * @param workspace the workspace that owns it
     * @param clientKey our name for it, by which it can be looked up
     * @param ownIdempotency whether the simulated platform recognises a repetition by that name
     * @param replyTo the platform's id of the post that it replies to
     * @param accessUntil when access expires, in the caller's time
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record NewPost(
            String workspace,
            String platform,
            String text,
            String clientKey,
            boolean ownIdempotency,
            @Nullable String replyTo,
            Map<String, Object> settings,
            @Nullable Instant accessUntil) {}

    @Serdeable
    record Accepted(@Nullable String id, @Nullable String url) {}

    /** The platform took the post and is still working on it. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Taken(@Nullable String ticket, long askAfterSeconds) {}

    /** The progress of such a post. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Progress(
            @Nullable String status,
            @Nullable Long askAfterSeconds,
            @Nullable String id,
            @Nullable String url,
            @Nullable String message) {}

    /**
     * A fault to inject into posts; the platform chooses a value for everything that is null.
     *
     * @param account the only account that it affects
     */
    @Serdeable
    record NewFault(
            String kind,
            @Nullable String account,
            @Nullable Integer count,
            @Nullable Double probability,
            @Nullable Integer seed,
            @Nullable Integer seconds) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record FaultPage(List<Fault> data, @Nullable String nextCursor) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Listed(
            String id,
            String account,
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

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Recent(
            @Nullable String id,
            @Nullable String url,
            @Nullable String text,
            @Nullable String replyTo) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record RecentPage(@Nullable List<Recent> data, @Nullable String nextCursor) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Page(List<Listed> data, long total, @Nullable String nextCursor) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record ErrorBody(@Nullable Detail error, @Nullable PlatformError platformError) {}

    @Serdeable
    record Detail(@Nullable String code, @Nullable String message) {}

    /** The error that the simulated platform would have returned. */
    @Serdeable
    record PlatformError(@Nullable Integer status, @Nullable JsonNode body) {}

    /**
     * Why the platform did not do what was asked.
     *
     * @param code empty if it gives none
     * @param text the part of its answer that is kept: the simulated platform's own words, if it gives them
     */
    record Trouble(String code, String message, String text) {}

    OutboundReply register(String account, Registration registration, Deadline deadline) {
        var request = http.post(Purpose.SANDBOX, url(account), registration, deadline);
        return send(request.withMethod("PUT"));
    }

    /**
     * Creates a post.
     *
     * @param now the caller's time, which the platform uses, here and below
     */
    OutboundReply post(String account, NewPost post, Instant now, Deadline deadline) {
        return send(at(now, http.post(Purpose.SANDBOX, url(account) + "/posts", post, deadline)));
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

    OutboundReply ticket(String account, String ticket, Instant now, Deadline deadline) {
        var url = url(account) + "/tickets/" + encoded(ticket);
        return send(at(now, OutboundRequest.get(Purpose.SANDBOX, url, deadline)));
    }

    OutboundReply pageOfWorkspace(WorkspaceId workspace, Optional<String> cursor, int limit, Deadline deadline) {
        return send(OutboundRequest.get(Purpose.SANDBOX, part(url(workspace) + "/posts", cursor, limit), deadline));
    }

    OutboundReply addFault(WorkspaceId workspace, FaultId id, NewFault fault, Deadline deadline) {
        var request = http.post(Purpose.SANDBOX, url(workspace) + "/faults/" + id, fault, deadline);
        return send(request.withMethod("PUT"));
    }

    OutboundReply faults(WorkspaceId workspace, Optional<String> cursor, int limit, Deadline deadline) {
        return send(OutboundRequest.get(Purpose.SANDBOX, part(url(workspace) + "/faults", cursor, limit), deadline));
    }

    OutboundReply fault(WorkspaceId workspace, FaultId id, Deadline deadline) {
        return send(OutboundRequest.get(Purpose.SANDBOX, url(workspace) + "/faults/" + id, deadline));
    }

    OutboundReply deleteFault(WorkspaceId workspace, FaultId id, Deadline deadline) {
        var get = OutboundRequest.get(Purpose.SANDBOX, url(workspace) + "/faults/" + id, deadline);
        return send(get.withMethod("DELETE"));
    }

    OutboundReply page(String account, Optional<String> cursor, int limit, Deadline deadline) {
        return send(OutboundRequest.get(Purpose.SANDBOX, part(url(account) + "/posts", cursor, limit), deadline));
    }

    OutboundReply one(String account, String post, Deadline deadline) {
        return send(OutboundRequest.get(Purpose.SANDBOX, url(account) + "/posts/" + encoded(post), deadline));
    }

    OutboundReply delete(String account, String post, Instant now, Deadline deadline) {
        var get = OutboundRequest.get(Purpose.SANDBOX, url(account) + "/posts/" + encoded(post), deadline);
        return send(at(now, get.withMethod("DELETE")));
    }

    <T> Optional<T> read(Answered answer, Class<T> type) {
        return http.read(answer, type);
    }

    Trouble trouble(Answered answer) {
        var body = read(answer, ErrorBody.class).orElseGet(() -> new ErrorBody(null, null));
        var code = body.error() == null || body.error().code() == null
                ? ""
                : body.error().code();
        var message = body.error() == null || body.error().message() == null
                ? ""
                : body.error().message();
        var own = message.isEmpty() ? code : code + ": " + message;
        return new Trouble(code, message, wordsOfNetwork(body.platformError()).orElse(own));
    }

    private Optional<String> wordsOfNetwork(@Nullable PlatformError error) {
        if (error == null || error.body() == null) {
            return Optional.empty();
        }
        var words = http.write(error.body());
        return Optional.of(error.status() == null ? words : error.status() + " " + words);
    }

    /** Whether the platform does not know the account, which therefore has no posts. */
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

    private static OutboundRequest at(Instant now, OutboundRequest request) {
        return request.withHeader("Carillon-Time", now.toString());
    }

    private OutboundReply send(OutboundRequest request) {
        return http.send(request.withHeader("Authorization", "Bearer " + config.secret()));
    }

    private String url(String account) {
        return config.url() + "/accounts/" + encoded(account);
    }

    private String url(WorkspaceId workspace) {
        return config.url() + "/workspaces/" + workspace;
    }

    private static String part(String list, Optional<String> cursor, int limit) {
        return list + "?limit=" + limit
                + cursor.map(value -> "&cursor=" + encoded(value)).orElse("");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
