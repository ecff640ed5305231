package dev.carillon.connectors.bluesky;

import dev.carillon.connectors.http.JsonHttp;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.OutboundRequest;
import dev.carillon.core.net.Purpose;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Calls to one server by the methods of the AT Protocol; all of them end by one deadline. */
record Xrpc(JsonHttp http, String server, Deadline deadline) {
    Xrpc until(Deadline earlier) {
        return new Xrpc(http, server, earlier);
    }

    OutboundReply query(String method, Map<String, String> parameters) {
        var query = new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(entry ->
                                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return http.send(OutboundRequest.get(Purpose.PLATFORM, url(method) + "?" + query, deadline));
    }

    /** A query on behalf of the token's owner. */
    OutboundReply query(String method, String token) {
        return http.send(authorized(OutboundRequest.get(Purpose.PLATFORM, url(method), deadline), token));
    }

    OutboundReply procedure(String method, Object body) {
        return http.send(http.post(Purpose.PLATFORM, url(method), body, deadline));
    }

    OutboundReply procedure(String method, String token, Object body) {
        return http.send(authorized(http.post(Purpose.PLATFORM, url(method), body, deadline), token));
    }

    OutboundReply procedureWithoutBody(String method, String token) {
        var get = OutboundRequest.get(Purpose.PLATFORM, url(method), deadline);
        return http.send(authorized(get.withMethod("POST"), token));
    }

    <T> Optional<T> read(OutboundReply.Answered answer, Class<T> type) {
        return http.read(answer, type);
    }

    private static OutboundRequest authorized(OutboundRequest request, String token) {
        return request.withHeader("Authorization", "Bearer " + token);
    }

    private String url(String method) {
        return server + "/xrpc/" + method;
    }
}
