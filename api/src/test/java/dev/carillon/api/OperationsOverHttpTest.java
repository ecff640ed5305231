package dev.carillon.api;

import static dev.carillon.api.ApiServer.postBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.connectors.sandbox.SandboxConnector;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishRequest;
import dev.carillon.sandbox.SandboxConfig;
import dev.carillon.sandbox.SandboxServer;
import dev.carillon.testkit.TestDatabase;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.web.router.Router;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperationsOverHttpTest {
    private static final String SECRET = "a secret of the sandbox";

    @Test
    void everyRouteIsDescribedAndEveryDescribedRouteExists() {
        try (var api = ApiServer.start()) {
            var described = new ArrayList<String>();
            var document = api.exchange(HttpRequest.newBuilder(api.uri("/openapi.json")));
            ((Map<?, ?>) document.json().getOrDefault("paths", Map.of()))
                    .forEach((path, operations) ->
                            ((Map<?, ?>) operations).keySet().forEach(method -> described.add(method + " " + path)));

            var routes = api.carillon()
                    .bean(Router.class)
                    .uriRoutes()
                    .filter(route -> !route.getHttpMethodName().equals("HEAD"))
                    .map(route -> route.getHttpMethodName().toLowerCase(java.util.Locale.ROOT) + " "
                            + route.getUriMatchTemplate().toPathString())
                    .filter(route -> !Set.of("get /", "get /favicon.ico", "get /openapi.json")
                            .contains(route))
                    .distinct()
                    .toList();

            assertThat(document.json()).containsEntry("openapi", "3.1.0");
            assertThat(described).containsExactlyInAnyOrderElementsOf(routes);
        }
    }

    // Paths contain tenants' ids, and a caller who could choose metric labels could fill the memory.
    @Test
    void requestsAreMeasuredByTheirRouteWhateverCallersSend() throws Exception {
        var seen = new SimpleMeterRegistry();
        try (var api = ApiServer.start();
                var http = HttpClient.newHttpClient()) {
            api.carillon().bean(CompositeMeterRegistry.class).add(seen);

            api.get("/v1/posts/post_00000000000000000000000000").refused(404, "not_found");
            api.get("/v1/no/such/route").refused(404, "route_not_found");
            http.send(api.request("BREW", "/v1/posts", null).build(), BodyHandlers.discarding());

            assertThat(seen.find("carillon.http.requests").timers())
                    .extracting(timer -> "%s %s %s %d"
                            .formatted(
                                    timer.getId().getTag("method"),
                                    timer.getId().getTag("route"),
                                    timer.getId().getTag("status"),
                                    timer.count()))
                    .contains("GET /v1/posts/{id} 404 1", "GET none 404 1")
                    .anyMatch(series -> series.startsWith("other "))
                    .noneMatch(series -> series.contains("post_0") || series.contains("BREW"));
        }
    }

    @Test
    void aLostRedisDegradesAndALostDatabaseStops() {
        try (var api = ApiServer.start(Map.of("carillon.redis.url", "redis://127.0.0.1:1"))) {
            assertThat(api.exchange(HttpRequest.newBuilder(api.uri("/healthz"))).json())
                    .containsEntry("status", "ok");
            var degraded = api.exchange(HttpRequest.newBuilder(api.uri("/readyz")));
            assertThat(degraded.status()).isEqualTo(200);
            assertThat(degraded.json()).containsEntry("status", "degraded");

            api.carillon().database().close();

            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                var lost = api.exchange(HttpRequest.newBuilder(api.uri("/readyz")));
                assertThat(lost.status()).isEqualTo(503);
                assertThat(lost.header("Retry-After")).isPresent();
                assertThat(lost.json()).containsEntry("status", "unready");
            });
            assertThat(api.exchange(HttpRequest.newBuilder(api.uri("/healthz"))).status())
                    .isEqualTo(200);
            assertThat(api.get("/v1/me").refused(503, "overloaded").header("Retry-After"))
                    .isPresent();
        }
    }

    // Otherwise, if a process died between commit and reply, the repetition would create a second post.
    @Test
    void anotherProcessRepeatsTheReplyOfOneThatIsGone() {
        try (var api = ApiServer.start()) {
            var body = postBody(api.account("outlives"), "once", "\"now\"");
            var first = api.post("/v1/posts", body, "Idempotency-Key", "outlives");

            var again = api.postToAnotherProcess("/v1/posts", body, "Idempotency-Key", "outlives");

            assertThat(again.body()).isEqualTo(first.text());
            assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
            assertThat(api.get("/v1/posts").ids("data")).containsExactly(first.string("id"));
        }
    }

    @Test
    void whatTheSandboxPlatformAcceptedIsListedWithItsTotal() {
        try (var database = TestDatabase.fresh();
                var sandbox = SandboxServer.start(configOf(database));
                var api = ApiServer.start(Map.of(
                        "carillon.sandbox.url", sandbox.url().toString(),
                        "carillon.sandbox.secret", SECRET,
                        "carillon.outbound.sandbox", sandbox.url().getAuthority()))) {
            var account = api.account("arrives");
            var path = "/v1/sandbox/posts?account_id=" + account;
            assertThat(api.get(path).json()).containsEntry("total", 0).containsEntry("data", List.of());

            publish(api, account);

            assertThat(api.get(path).json()).containsEntry("total", 1).containsEntry("has_more", false);
            assertThat(api.get(path).text()).contains("really arrived");
            api.get(path, api.liveKey()).refused(422, "mode_mismatch");
        }
    }

    private static SandboxConfig configOf(TestDatabase database) {
        var store = new SandboxConfig.Store(database.jdbcUrl(), database.sandboxUser(), database.sandboxPassword(), 2);
        return new SandboxConfig(0, null, store, SECRET, Clock.systemUTC());
    }

    private static void publish(ApiServer api, String account) {
        var carillon = api.carillon();
        var connected = carillon.bean(AccountService.class)
                .get(carillon.test(), AccountId.KIND.read(account).orElseThrow())
                .connected();
        var outcome = carillon.bean(SandboxConnector.class)
                .publish(new PublishRequest(
                        carillon.bean(Ids.class).next(PublicationId.KIND),
                        connected,
                        "really arrived",
                        Map.of(),
                        null,
                        Checkpoint.NONE,
                        checkpoint -> {},
                        Deadline.in(Duration.ofSeconds(5))));
        assertThat(outcome).isInstanceOf(PublishOutcome.Published.class);
    }
}
