package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.kernel.Mode;
import java.net.http.HttpRequest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rate limits over HTTP. */
class RateLimitsOverHttpTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Map<String, Object> SETTINGS = Map.of(
            // Long enough for a busy machine; these tests do not check the timeout.
            "carillon.limits.redis-timeout",
            "10s",
            "carillon.limits.open-per-minute",
            5,
            "carillon.limits.failures-per-minute",
            5,
            "carillon.trusted-proxies",
            List.of("127.0.0.0/8", "::1/128"));

    private static ApiServer api;

    @BeforeAll
    static void start() {
        api = ApiServer.start(SETTINGS);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void thirtyOfThirtyPassAndTheNextOneIsToldWhenToComeBack() {
        var key = key("{\"requests\": 30, \"per_seconds\": 3600}");

        for (int request = 1; request <= 30; request++) {
            var reply = api.get("/v1/workspace", key);
            assertThat(reply.status())
                    .as("request %d: %s", request, reply.text())
                    .isEqualTo(200);
            assertThat(field(reply, "RateLimit-Policy").get("key")).isEqualTo(Map.of("q", 30L, "w", 3_600L));
            assertThat(field(reply, "RateLimit").get("key")).containsEntry("r", 30L - request);
        }
        var refused = api.get("/v1/workspace", key);

        refused.refused(429, "rate_limited");
        assertThat(refused.string("detail")).contains("\"key\"", "30 requests in 3600 seconds");
        long wait = Long.parseLong(refused.header("Retry-After").orElseThrow());
        assertThat(wait).isBetween(1L, 600L);
        assertThat(field(refused, "RateLimit").get("key")).isEqualTo(Map.of("r", 0L, "t", wait));
        assertThat(api.get("/v1/workspace").status())
                .as("another key of the workspace")
                .isEqualTo(200);
    }

    @Test
    void whatOneLimitRefusesTakesNothingFromTheOthers() {
        var key = key("{\"requests\": 2, \"per_seconds\": 3600}");
        api.get("/v1/workspace", key);
        long before = left(api.get("/v1/workspace", key), "read");

        for (int request = 0; request < 5; request++) {
            var refused = api.get("/v1/workspace", key).refused(429, "rate_limited");
            assertThat(left(refused, "read")).isGreaterThanOrEqualTo(before);
            assertThat(field(refused, "RateLimit-Policy")).containsOnlyKeys("read", "key");
        }
    }

    // Otherwise the effective limit would grow with the number of processes.
    @Test
    void twoProcessesShareOneCountHoweverManyCallAtOnce() throws Exception {
        var key = key("{\"requests\": 40, \"per_seconds\": 86400}");
        var statuses = new ArrayList<Integer>();

        try (var another = api.anotherProcess(SETTINGS);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<Integer>>();
            for (int call = 0; call < 64; call++) {
                var request = ApiServer.withKey(api.request("GET", "/v1/workspace", null), key);
                calls.add(
                        call % 2 == 0
                                ? () -> api.exchange(request).status()
                                : () -> another.send(request, "/v1/workspace").statusCode());
            }
            for (var status : threads.invokeAll(calls)) {
                statuses.add(status.get());
            }
        }

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(40);
        assertThat(statuses).filteredOn(status -> status == 429).hasSize(24);
    }

    // Otherwise a caller who waits and repeats the request would be refused because of its idempotency key.
    @Test
    void aRefusedRequestDoesNotUseItsIdempotencyKeyAndARepetitionCountsLikeAnyRequest() {
        var account = api.account("limited");
        var key = key("{\"requests\": 1, \"per_seconds\": 3}");
        assertThat(api.get("/v1/workspace", key).status()).isEqualTo(200);

        draft(key, account).refused(429, "rate_limited");
        await().atMost(SOON).until(() -> draft(key, account).status() == 201);

        var counted = key("{\"requests\": 2, \"per_seconds\": 3600}");
        assertThat(draft(counted, account).status()).isEqualTo(201);
        assertThat(draft(counted, account).header("Idempotent-Replayed")).contains("true");
        draft(counted, account).refused(429, "rate_limited");
    }

    private static Reply draft(String key, String account) {
        return api.exchange(ApiServer.withKey(
                        api.request("POST", "/v1/posts", ApiServer.postBody(account, "counted", "\"draft\"")), key)
                .header("Idempotency-Key", "counted by " + key.hashCode()));
    }

    @Test
    void aKeysRateIsShownKeptByRotationAndNeverMoreThanItsMakers() {
        var rate = Map.<String, Object>of("requests", 30, "per_seconds", 60);
        var made = make("{\"requests\": 30, \"per_seconds\": 60}", api.testKey());
        var key = made.string("secret");
        assertThat(made.json()).containsEntry("rate_limit", rate);
        assertThat(api.get("/v1/me", key).json()).containsEntry("rate_limit", rate);

        assertThat(make(null, key).json()).containsEntry("rate_limit", rate);
        assertThat(make("{\"requests\": 15, \"per_seconds\": 30}", key).status())
                .isEqualTo(201);
        for (var beyond : List.of("{\"requests\": 31, \"per_seconds\": 62}", "{\"requests\": 1, \"per_seconds\": 1}")) {
            var refused = make(beyond, key).refused(422, "invalid_parameter");
            assertThat(refused.string("param")).isEqualTo("/rate_limit");
            assertThat(refused.string("detail")).contains("30 requests in 60 seconds");
        }
        var unbound = make(null, api.testKey()).string("id");
        api.exchange(ApiServer.withKey(api.request("POST", "/v1/api_keys/" + unbound + "/rotate", "{}"), key))
                .refused(403, "scope_missing");
        var rotated = api.post("/v1/api_keys/" + made.string("id") + "/rotate", "{}");
        assertThat(rotated.json()).containsEntry("rate_limit", rate);
        assertThat(api.get("/v1/api_keys/" + made.string("id")).json()).containsEntry("rate_limit", rate);
    }

    @Test
    void aRateThatMakesNoSenseIsRefusedWithItsPlace() {
        for (var wrong : Map.of(
                        "{\"requests\": 0, \"per_seconds\": 60}", "/rate_limit/requests",
                        "{\"requests\": 10000001, \"per_seconds\": 60}", "/rate_limit/requests",
                        "{\"per_seconds\": 60}", "/rate_limit/requests",
                        "{\"requests\": 1}", "/rate_limit/per_seconds",
                        "{\"requests\": 1, \"per_seconds\": 86401}", "/rate_limit/per_seconds",
                        "{\"requests\": 1, \"per_seconds\": 1.5}", "/rate_limit/per_seconds",
                        "\"30/60\"", "/rate_limit")
                .entrySet()) {
            var refused = make(wrong.getKey(), api.testKey()).refused(422, "invalid_parameter");
            assertThat(refused.string("param")).as(wrong.getKey()).isEqualTo(wrong.getValue());
        }
        assertThat(make("{\"requests\": 1, \"per_second\": 1}", api.testKey())
                        .refused(422, "unknown_parameter")
                        .string("param"))
                .isEqualTo("/rate_limit/per_second");
    }

    @Test
    void thePlanSaysHowMuchEachOperationMayBeUsedAndCountsWithinASecond() throws SQLException {
        assertThat(api.get("/v1/me").text()).contains("\"requests_per_minute\":{\"read\":1000000,");
        var workspace = api.carillon().newWorkspace();
        var key = ApiServer.secretOf(api.carillon().newKey(workspace, Mode.TEST));
        assertThat(field(api.get("/v1/workspace", key), "RateLimit-Policy"))
                .isEqualTo(Map.of("read", Map.of("q", 1_000_000L, "w", 60L)));

        try (var connection = api.carillon().database().asOwner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO plan (id, name, fee_micros, currency, weight, max_in_flight, max_webhook_endpoints, retention_days,
                                      writes_per_minute)
                    VALUES ('small', 'Small', 0, 'usd', 1, 100, 1, 30, 1)
                    """);
            statement.execute("UPDATE workspace SET plan_id = 'small' WHERE id = '" + workspace.value() + "'");
        }

        await().atMost(Duration.ofSeconds(5))
                .until(() ->
                        api.get("/v1/workspace", key).header("RateLimit-Policy").isEmpty());
        var body = "{\"name\":\"limited\"}";
        assertThat(group(key, body).status()).isEqualTo(201);
        var refused = group(key, body).refused(429, "rate_limited");
        assertThat(refused.string("detail")).contains("\"write\"", "1 requests in 60 seconds");
        assertThat(api.get("/v1/workspace", key).status())
                .as("reads are not limited by this plan")
                .isEqualTo(200);
    }

    private static Reply group(String key, String body) {
        return api.exchange(ApiServer.withKey(api.request("POST", "/v1/account_groups", body), key));
    }

    // Otherwise keys could be guessed as fast as the database answers.
    @Test
    void whoFailsTooOftenIsNotLookedAtAnyMoreButAKeyThatIsKnownHerePasses() {
        var known = key("null");
        assertThat(from("203.0.113.1", known).status()).isEqualTo(200);
        var unknown = key("null");

        for (int guess = 0; guess < 5; guess++) {
            var refused = from("203.0.113.1", "crl_test_guess" + guess).refused(401, "api_key_invalid");
            assertThat(field(refused, "RateLimit").get("failures")).containsEntry("r", 4L - guess);
        }

        var refused = from("203.0.113.1", "crl_test_guess").refused(429, "rate_limited");
        assertThat(refused.header("Retry-After"))
                .hasValueSatisfying(wait -> assertThat(Integer.parseInt(wait)).isBetween(1, 60));
        from("203.0.113.1", unknown).refused(429, "rate_limited");
        assertThat(from("203.0.113.1", known).status()).isEqualTo(200);
        assertThat(from("203.0.113.2", unknown).status()).isEqualTo(200);
    }

    @Test
    void sessionsAreLookedUpNoMoreThanKeysAreAndOneThatIsKnownHerePasses() {
        var known = Browser.signedIn(api, "known@example.org");
        var unknown = Browser.withSession(api, "unknown@example.org");

        for (int request = 0; request < 5; request++) {
            assertThat(from("203.0.113.3", "crl_test_guess" + request).status()).isEqualTo(401);
        }

        session(unknown, "203.0.113.3").refused(429, "rate_limited");
        assertThat(session(known, "203.0.113.3").status()).isEqualTo(200);
        assertThat(session(unknown, "203.0.113.4").status()).isEqualTo(200);
        assertThat(session(unknown, "203.0.113.3").status()).as("now verified").isEqualTo(200);
    }

    private static Reply session(Browser browser, String address) {
        return browser.send(browser.request("GET", "/v1/session", null).header("X-Forwarded-For", address));
    }

    @Test
    void routesThatNeedNoKeyAreLimitedByAddress() {
        for (int request = 0; request < 5; request++) {
            var reply = open("2001:db8:0:1::" + request);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(field(reply, "RateLimit-Policy")).isEqualTo(Map.of("address", Map.of("q", 5L, "w", 60L)));
        }

        open("2001:db8:0:1:ffff::").refused(429, "rate_limited");
        assertThat(open("2001:db8:0:2::").status()).isEqualTo(200);
        assertThat(api.get("/healthz").header("RateLimit")).isEmpty();
    }

    // Redis may be unavailable at any time, and no request may fail because of it.
    @Test
    void withoutRedisEachProcessCountsForItself() {
        try (var alone = ApiServer.start(Map.of("carillon.redis.url", "redis://127.0.0.1:1"))) {
            var body =
                    "{\"name\":\"n\",\"scopes\":[\"posts.read\"],\"rate_limit\":{\"requests\":3,\"per_seconds\":3600}}";
            var key = alone.post("/v1/api_keys", body).string("secret");

            for (int request = 0; request < 3; request++) {
                assertThat(alone.get("/v1/workspace", key).status()).isEqualTo(200);
            }
            alone.get("/v1/workspace", key).refused(429, "rate_limited");
        }
    }

    private static Map<String, Map<String, Long>> field(Reply reply, String name) {
        return StructuredField.read(reply.header(name).orElseThrow());
    }

    private static long left(Reply reply, String limit) {
        return field(reply, "RateLimit").getOrDefault(limit, Map.of()).getOrDefault("r", -1L);
    }

    private static Reply from(String address, String key) {
        return api.exchange(ApiServer.withKey(api.request("GET", "/v1/workspace", null), key)
                .header("X-Forwarded-For", address));
    }

    private static Reply open(String address) {
        return api.exchange(
                HttpRequest.newBuilder(api.uri("/v1/errors/rate_limited")).header("X-Forwarded-For", address));
    }

    /** Creates a key with its own rate limit and returns its secret. */
    private static String key(String rate) {
        var made = make(rate, api.testKey());
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.string("secret");
    }

    private static Reply make(@Nullable String rate, String maker) {
        var body = "{\"name\":\"limited\",\"scopes\":[\"api_keys.write\",\"posts.draft\"]%s}"
                .formatted(rate == null ? "" : ",\"rate_limit\":" + rate);
        return api.exchange(ApiServer.withKey(api.request("POST", "/v1/api_keys", body), maker));
    }
}
