package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.kernel.ErrorCode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sends hostile input to every route in the OpenAPI document. */
class HostileWalkTest {
    private static final int REQUESTS = 1_500;
    private static final int MANY_REQUESTS = 20_000;

    /** Set {@code -Dcarillon.walk.seed} to repeat or vary a run. */
    private static final long SEED = Long.getLong("carillon.walk.seed", 54);

    private static final int MOST_FAULTS = 20;
    static final List<String> NEVER_SAID =
            List.of("at dev.carillon", "Exception", "org.postgresql", "io.micronaut", "Caused by", "SQLSTATE", "jdbc:");

    private static Walk walk;
    private static ApiServer api;

    @BeforeAll
    static void start() {
        walk = new Walk();
        api = walk.api();
    }

    @AfterAll
    static void stop() {
        walk.close();
    }

    @Test
    void noFieldOfAnyRouteTakesWhatIsNoCleanJson() {
        for (var route : walk.routes()) {
            for (var sample : route.bodies()) {
                var spoiled = spoiled(sample).toList();
                assertThat(spoiled).hasSizeGreaterThan(5);
                spoiled.forEach(body ->
                        walk.call(route, ofOwn(route), api.testKey(), body).refused(400, "body_not_json"));
            }
        }
    }

    private static Stream<String> spoiled(SampleBody sample) {
        var json = sample.json();
        var whole = Stream.of(
                json + "{}", json + "x", "[" + json + "]", json.substring(1), "{\"\\u0000\":1}", "\ufeff" + json);
        return Stream.concat(whole, sample.all().keySet().stream().flatMap(name -> Stream.of(
                        "\"a\\u0000\"",
                        "\"\\udc00\"",
                        "1e400",
                        "9223372036854775808",
                        "NaN",
                        "+1",
                        "1,\"%s\":1".formatted(name),
                        "[{\"a\":[\"\\ud800\"]}]")
                .map(value -> "{\"%s\":%s}".formatted(name, value))));
    }

    private static String ofOwn(DescribedRoute route) {
        return route.with(walk.own().getOrDefault(Walk.word(route), "none"));
    }

    // An attacker could trigger a 500 again and again, and its details could reveal internals.
    @Test
    void whateverIsSentIsAnsweredInOneShapeAndNeverByAFault() {
        sendHostile(REQUESTS, SEED);
    }

    @Test
    @Tag("full")
    void aLongWalkFindsNothingEither() {
        sendHostile(MANY_REQUESTS, SEED + 1);
    }

    private static void sendHostile(int requests, long seed) {
        var hostile = new HostileInput(seed);
        var ids = new ArrayList<>(walk.own().values().stream().sorted().toList());
        ids.add(Walk.randomId("posts"));
        var foreign = foreignIds();
        var codes = new TreeSet<String>();
        var faults = new ArrayList<String>();
        for (int i = 0; i < requests && faults.size() < MOST_FAULTS; i++) {
            var route = hostile.oneOf(walk.routes());
            var body = hostile.body(route.bodies());
            var path = path(route, hostile, ids);
            var sent = "%s %s %s".formatted(route.method(), path, new String(body, StandardCharsets.UTF_8));
            try {
                var reply = api.exchange(request(route, path, body, hostile));
                check(reply, foreign.stream().filter(id -> !sent.contains(id)).toList());
                if (reply.status() >= 400 && reply.text().startsWith("{")) {
                    codes.add(reply.string("code"));
                } else if (reply.status() == 201) {
                    ids.add(reply.string("id"));
                }
            } catch (AssertionError fault) {
                faults.add("request %d of seed %d: %s%n%s".formatted(i, seed, sent, fault.getMessage()));
            }
        }
        assertThat(faults).isEmpty();
        assertThat(codes)
                .contains("body_not_json", "invalid_parameter", "unknown_parameter", "not_found")
                .contains("unsupported_media_type", "invalid_cursor", "idempotency_key_invalid")
                .doesNotContain("internal_error");
    }

    private static void check(Reply reply, List<String> secrets) {
        assertThat(reply.status()).as(reply.text()).isBetween(200, 499);
        assertThat(reply.text()).doesNotContain(NEVER_SAID).doesNotContain(secrets);
        boolean page = reply.header("Content-Type").orElse("").startsWith("text/html");
        if (reply.status() >= 400 && !page) {
            var code = ErrorCode.named(reply.string("code"));
            if (reply.header("Idempotent-Replayed").isEmpty()) {
                // A replayed reply has the id of the original request.
                reply.refused(code.status(), code.wireName());
            }
            assertThat(reply.status()).isEqualTo(code.status());
            assertThat(reply.string("detail")).matches("(?s).*[.?]");
        }
    }

    private static Set<String> foreignIds() {
        var ids = new LinkedHashSet<String>();
        ids.addAll(walk.ofAnotherWorkspace().values());
        ids.addAll(walk.ofLiveMode().values());
        return ids;
    }

    private static String path(DescribedRoute route, HostileInput hostile, List<String> ids) {
        var path = new StringBuilder(route.with(Matcher.quoteReplacement(id(route, hostile, ids))));
        var separator = "?";
        for (var name : route.queryNames()) {
            if (hostile.oneIn(3)) {
                path.append(separator)
                        .append(hostile.oneIn(10) ? hostile.encoded() : name)
                        .append('=')
                        .append(value(name, hostile, ids));
                separator = "&";
            }
        }
        return path.toString();
    }

    private static String id(DescribedRoute route, HostileInput hostile, List<String> ids) {
        if (!route.takesAnId()) {
            return hostile.encoded();
        }
        // With an attached clock, later requests would wait for workers.
        boolean attaches = route.path().endsWith("/attach");
        if (hostile.oneIn(4) || attaches) {
            return hostile.encoded();
        }
        if (route.method().equals("DELETE")) {
            // Keep the objects that other requests use.
            return idOrAlmost(hostile, List.of(ids.getLast(), Walk.randomId(Walk.word(route))));
        }
        var fits = walk.own().get(Walk.word(route));
        return fits != null && hostile.oneIn(2) ? fits : idOrAlmost(hostile, ids);
    }

    private static String value(String name, HostileInput hostile, List<String> ids) {
        if (hostile.oneIn(2)) {
            return name.equals("cursor") ? hostile.cursor() : idOrAlmost(hostile, ids);
        }
        return hostile.encoded();
    }

    private static String idOrAlmost(HostileInput hostile, List<String> ids) {
        var id = hostile.oneOf(ids);
        return hostile.oneIn(6) ? hostile.bent(id) : id;
    }

    private static HttpRequest.Builder request(DescribedRoute route, String path, byte[] body, HostileInput hostile) {
        var request = api.request(route.method(), "/", "")
                .uri(URI.create(api.uri("/").toString().replaceFirst("/$", "") + path))
                .method(
                        route.method(),
                        route.method().equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (hostile.oneIn(10)) {
            request.setHeader("Content-Type", hostile.contentType());
        }
        if (hostile.oneIn(20)) {
            request.setHeader("Accept", hostile.accept());
        }
        if (hostile.oneIn(10)) {
            request.setHeader("Idempotency-Key", hostile.idempotencyKey());
        }
        return request;
    }
}
