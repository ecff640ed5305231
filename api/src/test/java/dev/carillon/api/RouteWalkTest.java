package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.auth.Scope;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks keys, scopes and tenant isolation on every route in the OpenAPI document. Includes new routes automatically. */
class RouteWalkTest {
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
    void whatARouteSaysInWordsIsWhatItAsksFor() {
        for (var route : walk.routes()) {
            var said = Arrays.stream(Scope.values())
                    .map(Scope::wireName)
                    .filter(scope -> route.description().contains(scope))
                    .collect(Collectors.toSet());
            var asked = Stream.concat(route.scopes().stream(), route.also().stream())
                    .collect(Collectors.toSet());
            assertThat(said).as(route.toString()).isEqualTo(asked);
            if (asked.isEmpty()) {
                assertThat(route.description()).as(route.toString()).contains(route.open() ? "no key" : "no scope");
            } else {
                assertThat(route.description()).as(route.toString()).contains("Needs the scope ");
            }
        }
    }

    @Test
    void withoutAKeyOnlyOpenRoutesAnswer() {
        for (var route : walk.routes()) {
            var body = route.takesABody() ? route.bodies().getFirst().json() : null;
            var request = HttpRequest.newBuilder(api.uri(route.with("nobodys")))
                    .method(route.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                    .header("Content-Type", "application/json");

            var reply = api.exchange(request);

            if (route.open()) {
                assertThat(reply.status()).as(route.toString()).isNotEqualTo(401);
            } else {
                reply.refused(401, "authentication_required");
                assertThat(reply.header("WWW-Authenticate"))
                        .as(route.toString())
                        .contains("Bearer");
            }
        }
    }

    @Test
    void everyReplyTellsHowTheLimitsOfItsRequestStand() {
        for (var route : walk.routes()) {
            var key = walk.keyWith(Scope.LOGS_READ);
            var path = route.takesAnId() ? route.with(Walk.randomId(Walk.word(route))) : route.with("none");

            var reply = walk.call(route, path, key, null);

            if (path.startsWith("/v1/")) {
                var policies =
                        StructuredField.read(reply.header("RateLimit-Policy").orElseThrow());
                var standings = StructuredField.read(reply.header("RateLimit").orElseThrow());
                assertThat(policies.keySet()).as(route.toString()).isEqualTo(standings.keySet());
                assertThat(policies.values())
                        .allSatisfy(policy -> assertThat(policy).containsOnlyKeys("q", "w"));
                assertThat(standings.values())
                        .allSatisfy(standing -> assertThat(standing).containsOnlyKeys("r", "t"));
            }
        }
    }

    // Otherwise a read-only key could publish, or a documented scope would not be enough.
    @Test
    void exactlyTheScopesThatARouteNamesLetAKeyIn() {
        var letIn = new LinkedHashMap<DescribedRoute, Set<String>>();
        var forKeys = walk.routes().stream().filter(route -> !route.personal()).toList();
        for (var scope : Scope.values()) {
            var key = walk.keyWith(scope);
            for (var route : forKeys) {
                for (var body : bodies(route)) {
                    if (isLetIn(route, key, body)) {
                        letIn.computeIfAbsent(route, unseen -> new TreeSet<>()).add(scope.wireName());
                    }
                }
            }
        }

        var all = Arrays.stream(Scope.values()).map(Scope::wireName).collect(Collectors.toCollection(TreeSet::new));
        for (var route : forKeys) {
            assertThat(letIn.get(route))
                    .as(route.toString())
                    .isEqualTo(route.scopes().isEmpty() ? all : new TreeSet<>(route.scopes()));
        }
    }

    @Test
    void noKeyIsAPerson() {
        var personal = walk.routes().stream().filter(DescribedRoute::personal).toList();
        assertThat(personal).hasSizeGreaterThan(5);
        for (var route : personal) {
            assertThat(route.description()).as(route.toString()).contains("person who has signed in");
            var request = api.request(
                    route.method(), route.with("none"), bodies(route).getFirst());
            api.exchange(request).refused(403, "session_required");
        }
    }

    private static boolean isLetIn(DescribedRoute route, String key, @Nullable String body) {
        var path = route.takesAnId() ? route.with(Walk.randomId(Walk.word(route))) : route.with("none");
        var reply = walk.call(route, path, key, body);
        assertThat(reply.status()).as("%s: %s", route, reply.text()).isLessThan(500);
        if (reply.status() != 403) {
            return true;
        }
        var missing = reply.refused(403, "scope_missing").string("param");
        assertThat(route.scopes()).as(route.toString()).contains(missing);
        assertThat(reply.string("detail")).contains(missing);
        return false;
    }

    @Test
    void whatOnlySomeRequestsNeedIsAskedOfThose() {
        for (var route : walk.routes()) {
            if (route.also().isEmpty()) {
                continue;
            }
            var key = walk.keyWith(Scope.named(route.scopes().iterator().next()).orElseThrow());
            var account = walk.own().get("accounts");

            var reply = route.takesABody()
                    ? walk.call(
                            route, route.path(), key, withAccount(route.bodies().getFirst(), account))
                    : walk.call(route, route.with("nobodys") + "?" + asking(route, account), key, null);

            assertThat(route.also())
                    .contains(reply.refused(403, "scope_missing").string("param"));
        }
    }

    /** A query that needs a further scope: it expands an account or filters by one. */
    private static String asking(DescribedRoute route, @Nullable String account) {
        return route.queryNames().contains("expand[]")
                ? "expand%5B%5D=" + (route.path().contains("posts") ? "publications.account" : "account")
                : "account_id=" + account;
    }

    private static String withAccount(SampleBody body, @Nullable String account) {
        var fields = new LinkedHashMap<>(body.fields());
        fields.put("account_id", "\"" + account + "\"");
        return SampleBody.json(fields);
    }

    // Otherwise a key could find out which ids exist in other workspaces, or reach their objects.
    @Test
    void whatBelongsToOthersIsAsUnknownAsWhatDoesNotExist() {
        for (var route :
                walk.routes().stream().filter(DescribedRoute::takesAnId).toList()) {
            var answers = new TreeSet<Integer>();
            // Agents and workspaces exist in both modes; a session belongs to a person.
            var ofTestMode = new HashMap<>(walk.own());
            ofTestMode.remove("agents");
            ofTestMode.remove("workspaces");
            ofTestMode.remove("sessions");
            for (var body : bodies(route)) {
                answers.add(compared(route, api.testKey(), walk.ofAnotherWorkspace(), body));
                answers.add(compared(route, api.testKey(), walk.ofLiveMode(), body));
                answers.add(compared(route, api.liveKey(), ofTestMode, body));
                answers.add(compared(route, api.liveKey(), walk.ofAnotherWorkspace(), body));
            }
            // 422: the body is incomplete, or a live key was used on a route for test mode only.
            assertThat(answers).as(route.toString()).contains(404).isSubsetOf(404, 422);
        }
    }

    /** Asserts that an id of another tenant and a random id get the same reply; returns its status. */
    private static int compared(DescribedRoute route, String key, Map<String, String> others, @Nullable String body) {
        var random = Walk.randomId(Walk.word(route));
        var foreign = others.getOrDefault(Walk.word(route), Walk.randomId(Walk.word(route)));

        var ofForeign = walk.call(route, route.with(foreign), key, body);
        var ofRandom = walk.call(route, route.with(random), key, body);

        ofForeign.refused(ofForeign.status(), ofRandom.string("code"));
        assertThat(told(ofForeign, foreign)).as(route.toString()).isEqualTo(told(ofRandom, random));
        return ofForeign.status();
    }

    @Test
    void idsOfOthersInAQueryFindAsLittleAsThoseThatDoNotExist() {
        for (var route : walk.routes()) {
            for (var name : route.queryNames()) {
                if (name.endsWith("_id")) {
                    var named = name.replaceFirst("_id$", "s").replaceFirst("^last_", "");
                    // Any kind of object fits object_id.
                    var word = walk.ofAnotherWorkspace().containsKey(named) ? named : "accounts";
                    var foreign = walk.ofAnotherWorkspace().get(word);
                    var random = Walk.randomId(word);
                    var path = route.with(String.valueOf(walk.own().get(Walk.word(route))));
                    var ofForeign = api.get(path + "?" + name + "=" + foreign);
                    var ofRandom = api.get(path + "?" + name + "=" + random);

                    assertThat(ofForeign.status()).isEqualTo(ofRandom.status()).isIn(200, 404);
                    assertThat(told(ofForeign, String.valueOf(foreign)))
                            .as("%s %s", route, name)
                            .isEqualTo(told(ofRandom, random));
                }
            }
        }
    }

    @Test
    void idsOfOthersInABodyAreAsUnknownAsThoseThatDoNotExist() {
        var ownAccount = String.valueOf(walk.own().get("accounts"));
        for (var others : List.of(walk.ofAnotherWorkspace(), walk.ofLiveMode())) {
            var foreign = String.valueOf(others.get("accounts"));
            for (var route : walk.routes()) {
                for (var sample : route.bodies()) {
                    var body = SampleBody.json(sample.all());
                    // A partial batch reports the error inside its reply.
                    if (body.contains(ownAccount)
                            && !body.contains("\"partial\"")
                            // A test key cannot create a live key; that is checked first.
                            && !body.contains("\"mode\":\"live\"")) {
                        var path = route.with(String.valueOf(walk.own().get(Walk.word(route))));
                        var random = Walk.randomId("accounts");
                        var ofForeign = walk.call(route, path, api.testKey(), body.replace(ownAccount, foreign));
                        var ofRandom = walk.call(route, path, api.testKey(), body.replace(ownAccount, random));

                        ofForeign.refused(404, "not_found");
                        assertThat(told(ofForeign, foreign))
                                .as(route.toString())
                                .isEqualTo(told(ofRandom, random));
                    }
                }
            }
        }
    }

    // Otherwise a new route could let a key for one account read or change other accounts.
    @Test
    void whatLiesBeyondTheBoundsOfAKeyIsAsUnknownToItAsWhatDoesNotExist() {
        var bound = walk.boundKey();
        var own = walk.own();
        for (var route : walk.routes()) {
            var outside = own.get(Walk.word(route));
            if (!Walk.BOUNDED.contains(Walk.word(route)) || outside == null || !route.takesAnId()) {
                continue;
            }
            for (var body : bodies(route)) {
                var random = Walk.randomId(Walk.word(route));
                var ofOutside = walk.call(route, route.with(outside), bound, body);
                var ofRandom = walk.call(route, route.with(random), bound, body);

                assertThat(ofOutside.status())
                        .as("%s: %s", route, ofOutside.text())
                        .isIn(403, 404, 422);
                assertThat(told(ofOutside, outside)).as(route.toString()).isEqualTo(told(ofRandom, random));
            }
        }
    }

    @Test
    void noListShowsABoundKeyAnythingBeyondItsBounds() {
        var bound = walk.boundKey();
        var outside = Walk.BOUNDED.stream().map(word -> walk.own().get(word)).toList();
        var shown = new TreeSet<String>();
        for (var route : walk.routes()) {
            if (!route.method().equals("GET") || route.open() || route.path().contains("{")) {
                continue;
            }
            var reply = walk.call(route, route.path(), bound, null);
            assertThat(reply.status()).as(route.toString()).isIn(200, 403);
            assertThat(outside).as("%s: %s", route, reply.text()).noneMatch(id -> reply.text()
                    .contains(String.valueOf(id)));
            if (reply.status() == 200) {
                shown.add(route.path());
            }
            for (var name : route.queryNames()) {
                if (name.endsWith("_id")) {
                    var word = name.equals("account_group_id") ? "account_groups" : "accounts";
                    var random = Walk.randomId(word);
                    var ofOutside = walk.call(
                            route, route.path() + "?" + name + "=" + walk.own().get(word), bound, null);
                    var ofRandom = walk.call(route, route.path() + "?" + name + "=" + random, bound, null);
                    assertThat(told(ofOutside, String.valueOf(walk.own().get(word))))
                            .as("%s %s", route, name)
                            .isEqualTo(told(ofRandom, random));
                }
            }
        }
        assertThat(shown).contains("/v1/accounts", "/v1/account_groups", "/v1/api_keys", "/v1/posts", "/v1/me");
    }

    @Test
    void idsBeyondTheBoundsOfAKeyAreAsUnknownInABody() {
        var bound = walk.boundKey();
        for (var word : List.of("accounts", "account_groups")) {
            var outside = String.valueOf(walk.own().get(word));
            for (var route : walk.routes()) {
                for (var sample : route.bodies()) {
                    var body = SampleBody.json(sample.all());
                    if (body.contains(outside)) {
                        var path = route.with(walk.boundObjects().getOrDefault(Walk.word(route), "none"));
                        var random = Walk.randomId(word);
                        var ofOutside = walk.call(route, path, bound, body);
                        var ofRandom = walk.call(route, path, bound, body.replace(outside, random));

                        assertThat(ofOutside.status()).as(route.toString()).isEqualTo(ofRandom.status());
                        assertThat(withoutTraces(told(ofOutside, outside)))
                                .as(route.toString())
                                .isEqualTo(withoutTraces(told(ofRandom, random)));
                    }
                }
            }
        }
    }

    /** The reply without request and trace ids; a batch's reply contains them for each post. */
    private static String withoutTraces(Map<String, Object> told) {
        return new TreeMap<>(told).toString().replaceAll("(trace|request)_id=[^,}]+", "");
    }

    /** The reply's fields, without the requested id and the ids of the request itself. */
    private static Map<String, Object> told(Reply reply, String id) {
        var told = new HashMap<String, Object>();
        reply.json()
                .forEach((name, value) -> told.put(name, String.valueOf(value).replace(id, "ID")));
        List.of("request_id", "trace_id", "instance").forEach(told::remove);
        return told;
    }

    private static List<@Nullable String> bodies(DescribedRoute route) {
        var bodies = new ArrayList<@Nullable String>();
        route.bodies().forEach(body -> bodies.add(body.json()));
        if (bodies.isEmpty()) {
            bodies.add(null);
        }
        return bodies;
    }
}
