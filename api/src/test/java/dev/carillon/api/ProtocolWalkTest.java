package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.PlainClient.Answer;
import io.micronaut.web.router.Router;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks methods, CORS, HEAD, ETags and preconditions on every route of the server. Includes new routes automatically. */
class ProtocolWalkTest {
    private static final Pattern OURS =
            Pattern.compile("(GET|POST|DELETE) /v1/(sign_in|sessions?|invitations)(/.*)?|POST /v1/workspaces");
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    /** Headers that every page may read, and headers that are meant only for browsers or proxies. */
    private static final Set<String> KNOWN = Set.of(
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "date",
            "expires",
            "transfer-encoding",
            "vary",
            "x-accel-buffering",
            "content-security-policy",
            "referrer-policy",
            "x-content-type-options");

    private static Walk walk;
    private static ApiServer api;
    private static PlainClient client;
    private static final Map<String, Set<String>> PATHS = new TreeMap<>();

    @BeforeAll
    static void start() {
        walk = new Walk();
        api = walk.api();
        client = new PlainClient();
        api.carillon().bean(Router.class).uriRoutes().forEach(route -> PATHS.computeIfAbsent(
                        route.getUriMatchTemplate().toPathString(), unseen -> new TreeSet<>())
                .add(route.getHttpMethodName()));
        assertThat(PATHS).hasSizeGreaterThan(60);
    }

    @AfterAll
    static void stop() {
        client.close();
        walk.close();
    }

    @Test
    void optionsNamesTheMethodsOfEveryPathAndNeedsNoCredential() {
        PATHS.keySet().forEach(path -> {
            var reply = send("OPTIONS", path);

            assertThat(reply.status()).as(path).isEqualTo(204);
            assertThat(reply.body()).isEmpty();
            assertThat(allowed(reply)).as(path).isEqualTo(allOf(path));
            assertThat(reply.header("Request-Id")).as(path).isPresent();
        });
    }

    @Test
    void aMethodThatAPathLacksIsRefusedWithThoseThatItHas() {
        PATHS.keySet().forEach(path -> METHODS.stream()
                .filter(method -> !allOf(path).contains(method))
                .forEach(method -> {
                    var reply = send(method, path);

                    assertThat(reply.status()).as("%s %s", method, path).isEqualTo(405);
                    assertThat(allowed(reply)).as("%s %s", method, path).isEqualTo(allOf(path));
                    assertThat(reply.text()).contains("method_not_allowed");
                }));
    }

    @Test
    void aPathThatDoesNotExistIsAsUnknownToOptionsAsToGet() {
        var reply = send("OPTIONS", "/v1/nowhere");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).contains("route_not_found");
        assertThat(reply.header(ALLOW_ORIGIN)).contains("*");
    }

    // Otherwise a page of another site could read or change data as a signed-in person.
    @Test
    void pagesOfOtherOriginsMayCallWhatAKeyOpensAndNothingThatKnowsAPerson() {
        int ours = 0;
        int open = 0;
        for (var entry : PATHS.entrySet()) {
            for (var method : entry.getValue()) {
                var path = entry.getKey();
                var route = (method.equals("HEAD") ? "GET" : method) + " " + path;
                var preflight = client.send(HttpRequest.newBuilder(api.uri(filled(path)))
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", "https://elsewhere.example")
                        .header("Access-Control-Request-Method", method)
                        .header("Access-Control-Request-Headers", "authorization,idempotency-key"));

                assertThat(preflight.status()).as(route).isEqualTo(204);
                assertThat(preflight.header("Access-Control-Allow-Credentials")).isEmpty();
                if (OURS.matcher(route).matches()) {
                    ours++;
                    assertThat(preflight.headers().map().keySet())
                            .as(route)
                            .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
                } else {
                    open++;
                    assertThat(preflight.header(ALLOW_ORIGIN)).as(route).contains("*");
                    assertThat(list(preflight, "Access-Control-Allow-Methods"))
                            .as(route)
                            .contains(method);
                    assertThat(list(preflight, "Access-Control-Allow-Headers"))
                            .contains(
                                    "Authorization",
                                    "X-Api-Key",
                                    "Content-Type",
                                    "Idempotency-Key",
                                    "If-Match",
                                    "If-None-Match",
                                    "Last-Event-ID",
                                    "traceparent");
                    assertThat(preflight.header("Access-Control-Max-Age")).isPresent();
                }
            }
        }
        assertThat(ours).isGreaterThan(10);
        assertThat(open).isGreaterThan(80);
    }

    @Test
    void everyReplyThatIsForAnyOriginSaysSoAndNoOtherDoes() {
        var walked = new TreeSet<Integer>();
        PATHS.forEach((path, methods) -> methods.forEach(method -> {
            var route = (method.equals("HEAD") ? "GET" : method) + " " + path;
            var refused = send(method, path);
            var answered = withKey(method, path);

            for (var reply : List.of(refused, answered)) {
                walked.add(reply.status());
                if (OURS.matcher(route).matches()) {
                    assertThat(reply.header(ALLOW_ORIGIN)).as(route).isEmpty();
                } else {
                    assertThat(reply.header(ALLOW_ORIGIN)).as(route).contains("*");
                    assertThat(reply.header("Access-Control-Allow-Credentials")).isEmpty();
                    assertThat(unknownHeaders(reply)).as(route).isEmpty();
                }
            }
        }));
        assertThat(walked).contains(200, 401, 403, 404);
    }

    @Test
    void aPageMayReadWhyItsRequestIsRefused() {
        var requests = Map.of(
                405, request("PUT", "/v1/posts", true),
                406, request("GET", "/v1/posts", true).setHeader("Accept", "text/xml"),
                415, request("POST", "/v1/agents", true).setHeader("Content-Encoding", "br"),
                422, request("GET", "/v1/me?limit=1", true));
        requests.forEach((status, request) -> {
            var reply = client.send(request);

            assertThat(reply.status()).as(reply.text()).isEqualTo(status);
            assertThat(reply.header(ALLOW_ORIGIN)).contains("*");
        });
    }

    private static Set<String> unknownHeaders(Answer reply) {
        var exposed = list(reply, "Access-Control-Expose-Headers").stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        var unknown = new TreeSet<String>();
        reply.headers().map().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !name.startsWith("access-control-") && !KNOWN.contains(name))
                .filter(name -> !exposed.contains(name))
                .forEach(unknown::add);
        return unknown;
    }

    @Test
    void aRequestWithASessionsCookieIsAnsweredForItsOwnOriginAlone() {
        for (var path : List.of("/v1/me", "/v1/posts", "/v1/workspaces", "/v1/nowhere")) {
            var reply = client.send(HttpRequest.newBuilder(api.uri(path))
                    .header("Origin", "https://elsewhere.example")
                    .header("Cookie", "__Host-carillon_session=anything"));

            assertThat(reply.header(ALLOW_ORIGIN)).as(path).isEmpty();
        }
    }

    @Test
    void headTellsOfEveryReplyWhatItsGetSends() {
        var walked = new TreeSet<Integer>();
        for (var path : PATHS.keySet()) {
            if (!PATHS.get(path).contains("GET")) {
                continue;
            }
            for (var coding : List.of("identity", "gzip")) {
                for (boolean withKey : List.of(false, true)) {
                    var head = client.send(request("HEAD", path, withKey).header("Accept-Encoding", coding));
                    var get = client.send(request("GET", path, withKey).header("Accept-Encoding", coding));

                    walked.add(head.status());
                    assertThat(head.status())
                            .as("HEAD %s: %s", path, get.text())
                            .isEqualTo(get.status());
                    assertThat(head.body()).as(path).isEmpty();
                    if (path.endsWith("/stream") && get.status() == 200) {
                        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
                    } else {
                        assertThat(told(head)).as(path).isEqualTo(told(get));
                    }
                }
            }
        }
        assertThat(walked).contains(200, 401, 404);
    }

    /** The headers, without those that differ in every reply. */
    private static Map<String, List<String>> told(Answer reply) {
        var told = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        told.putAll(reply.headers().map());
        List.of("Date", "Request-Id", "RateLimit", "Set-Cookie", "Location").forEach(told::remove);
        return told;
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        int walked = 0;
        for (var path : PATHS.keySet()) {
            if (!PATHS.get(path).contains("GET")
                    || path.endsWith("/stream")
                    || path.equals("/")
                    || OURS.matcher("GET " + path).matches()) {
                continue;
            }
            var first = withKey("GET", path);
            if (first.status() != 200) {
                continue;
            }
            var tag = first.header("ETag").orElseThrow(() -> new AssertionError("no ETag: " + path));
            var again = client.send(request("GET", path, true).header("If-None-Match", "\"other\", W/" + tag));
            var other = client.send(request("GET", path, true).header("If-None-Match", "\"other\""));

            assertThat(tag).matches("\"[A-Za-z0-9_-]{22}\"");
            assertThat(again.status()).as(path).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.header("ETag")).contains(tag);
            assertThat(again.header("Cache-Control")).isEqualTo(first.header("Cache-Control"));
            assertThat(again.header("Vary")).isEqualTo(first.header("Vary"));
            assertThat(other.status()).as(path).isEqualTo(200);
            walked++;
        }
        assertThat(walked).isGreaterThan(25);
    }

    // Otherwise a route could ignore the If-Match that it documents, and two clients could overwrite each other.
    @Test
    void everyRouteHonoursIfMatchOrRefusesItByName() {
        int honoured = 0;
        for (var route : walk.routes()) {
            if (route.personal() || route.open()) {
                continue;
            }
            var body = route.takesABody() ? route.bodies().getFirst().json() : null;
            var request = api.request(route.method(), filled(route.path()), body)
                    .setHeader("If-Match", "\"AAAAAAAAAAAAAAAAAAAAAA\"");
            var reply = api.exchange(request);
            if (takesIfMatch(route)) {
                // The walk has no member, invitation or callback secret, so there is no ETag to compare.
                if (reply.status() == 404) {
                    assertThat(route.path()).containsAnyOf("{member}", "{invitation}", "callback_secret");
                    continue;
                }
                var now = reply.refused(412, "precondition_failed").json().get("current");
                var object = api.get(filled(route.path().replaceFirst("(\\{id}|callback_secret)/.*", "$1")));
                assertThat(now)
                        .as(route.toString())
                        .extracting("etag")
                        .isEqualTo(object.header("ETag").orElseThrow());
                assertThat(reply.header("ETag")).isEqualTo(object.header("ETag"));
                honoured++;
            } else {
                assertThat(reply.refused(422, "unknown_parameter").string("param"))
                        .as(route.toString())
                        .isEqualTo("If-Match");
            }
        }
        assertThat(honoured).isGreaterThan(20);
    }

    private static boolean takesIfMatch(DescribedRoute route) {
        return route.headerNames().contains("If-Match");
    }

    private static Answer send(String method, String path) {
        return client.send(request(method, path, false));
    }

    private static Answer withKey(String method, String path) {
        return client.send(request(method, path, true));
    }

    /** Sends changes to ids that do not exist, so that they do not affect the other tests. */
    private static HttpRequest.Builder request(String method, String path, boolean withKey) {
        boolean reads = method.equals("GET") || method.equals("HEAD");
        var request = HttpRequest.newBuilder(api.uri(reads ? filled(path) : path.replaceAll("\\{[a-z]+}", "none")))
                .method(method, BodyPublishers.noBody())
                .header("Origin", "https://elsewhere.example");
        return withKey ? ApiServer.withKey(request, api.testKey()) : request;
    }

    private static String filled(String path) {
        var word = path.replaceFirst("/\\{id}.*", "").replaceFirst(".*/", "");
        return path.replaceAll("\\{[a-z]+}", walk.own().getOrDefault(word, "none"));
    }

    /** OPTIONS and the methods of every route whose template matches the path. */
    private static Set<String> allOf(String path) {
        var all = new TreeSet<>(Set.of("OPTIONS"));
        PATHS.forEach((template, methods) -> {
            if (path.replaceAll("\\{[a-z]+}", "none").matches(template.replaceAll("\\{[a-z]+}", "[^/]+"))) {
                all.addAll(methods);
            }
        });
        return all;
    }

    private static Set<String> allowed(Answer reply) {
        return new TreeSet<>(list(reply, "Allow"));
    }

    private static List<String> list(Answer reply, String header) {
        return reply.headers().allValues(header).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .toList();
    }
}
