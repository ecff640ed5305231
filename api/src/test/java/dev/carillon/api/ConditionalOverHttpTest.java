package dev.carillon.api;

import static dev.carillon.api.ApiServer.postBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.Mode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditional requests: reads that skip unchanged objects, and changes that apply only to the version that was read. */
class ConditionalOverHttpTest {
    private static ApiServer api;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String agent(String name) {
        return "/v1/agents/"
                + api.post("/v1/agents", "{\"name\":\"%s\"}".formatted(name)).string("id");
    }

    private static String draft(String text) {
        var account = api.account(text.replace(' ', '_'));
        return "/v1/posts/"
                + api.post("/v1/posts", postBody(account, text, "\"draft\"")).string("id");
    }

    private static String tag(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.header("ETag").orElseThrow();
    }

    private static Reply change(String path, String body, String... headers) {
        var request = api.request("PATCH", path, body);
        return api.exchange(headers.length == 0 ? request : request.headers(headers));
    }

    @Test
    void aTagChangesWithWhatIsShownAndWithNothingElse() {
        var agent = agent("tagged");
        var first = tag(api.get(agent));

        var second = tag(change(agent, "{\"owner\":\"ops\"}", "Idempotency-Key", "tagged"));

        assertThat(tag(api.get(agent))).isEqualTo(second).isNotEqualTo(first);
        assertThat(tag(api.get(agent))).isEqualTo(second);
        assertThat(api.exchange(api.request("GET", agent, null).header("If-None-Match", first))
                        .status())
                .isEqualTo(200);
        var unchanged = api.exchange(api.request("GET", agent, null).header("If-None-Match", second));
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.text()).isEmpty();
        assertThat(unchanged.header("Content-Type")).isEmpty();
        assertThat(unchanged.header("Request-Id")).isPresent();
    }

    // Otherwise each process could use a different order, and the same object would have several ETags.
    @Test
    void whatHasNoOrderOfItsOwnIsShownByItsKeys() {
        var metadata = IntStream.range(0, 20)
                .mapToObj(n -> "\"k%02d\":\"v\"".formatted(n * 7 % 20))
                .collect(Collectors.joining(",", "{", "}"));
        var sorted = IntStream.range(0, 20)
                .mapToObj(n -> "\"k%02d\":\"v\"".formatted(n))
                .collect(Collectors.joining(",", "\"metadata\":{", "}"));
        var account = api.account("ordered");
        for (var made : List.of(
                api.post("/v1/agents", "{\"name\":\"ordered\",\"metadata\":%s}".formatted(metadata)),
                api.post("/v1/account_groups", "{\"name\":\"ordered\",\"metadata\":%s}".formatted(metadata)),
                api.post(
                        "/v1/api_keys",
                        "{\"name\":\"ordered\",\"scopes\":[\"posts.read\"],\"metadata\":%s}".formatted(metadata)),
                api.post(
                        "/v1/webhook_endpoints",
                        "{\"url\":\"https://a.example/h\",\"events\":[\"*\"],\"metadata\":%s}".formatted(metadata)),
                api.post(
                        "/v1/posts",
                        postBody(account, "ordered", "\"draft\"")
                                .replaceFirst("}$", ",\"metadata\":" + metadata + "}")),
                api.post(
                        "/v1/test_clocks", "{\"now\":\"2027-01-01T00:00:00Z\",\"metadata\":%s}".formatted(metadata)))) {
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            assertThat(made.text()).contains(sorted);
        }
    }

    @Test
    void aTagCoversWhatIsShownInFull() {
        var post = draft("shown in full");
        var publication =
                "/v1/publications/" + api.get(post).ids("publications").getFirst();
        var account = "/v1/accounts/" + api.get(publication).string("account_id");
        var group = api.post("/v1/account_groups", "{\"name\":\"another\"}").string("id");
        var inFull = "?expand%5B%5D=publications.account";
        var plain = tag(api.get(post));
        var full = tag(api.get(post + inFull));

        change(account, "{\"account_group_id\":\"%s\"}".formatted(group));

        assertThat(tag(api.get(post))).isEqualTo(plain);
        assertThat(tag(api.get(post + inFull))).isNotEqualTo(full);
        assertThat(tag(api.get(publication + "?expand%5B%5D=account"))).isNotEqualTo(tag(api.get(publication)));
    }

    @Test
    void aChangeIsMadeToWhatWasReadAndToNothingElse() {
        var agent = agent("guarded");
        var read = tag(api.get(agent));
        var changed = tag(change(agent, "{\"owner\":\"one\"}", "If-Match", read));

        var refused = change(agent, "{\"owner\":\"two\"}", "If-Match", read).refused(412, "precondition_failed");

        assertThat(refused.json()).containsEntry("param", "If-Match").containsEntry("current", current(changed, null));
        assertThat(refused.string("detail")).contains(changed, "Read the object again");
        assertThat(refused.header("ETag")).contains(changed);
        assertThat(tag(api.get(agent))).isEqualTo(changed);
        tag(change(agent, "{\"owner\":\"two\"}", "If-Match", "\"other\", " + changed));
        tag(change(agent, "{\"owner\":\"three\"}", "If-Match", "*"));
    }

    private static Map<String, @Nullable Object> current(String etag, @Nullable Integer revision) {
        var current = new HashMap<String, @Nullable Object>();
        current.put("etag", etag);
        current.put("revision", revision);
        return current;
    }

    @Test
    void aTagThatAProxyHasMadeWeakMatchesNothingAndIsExplained() {
        var agent = agent("weak");
        var read = tag(api.get(agent));

        assertThat(change(agent, "{\"owner\":\"one\"}", "If-Match", "W/" + read)
                        .refused(412, "precondition_failed")
                        .string("detail"))
                .contains("weak ETag", "without W/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "\"open", "", "\"a\" \"b\"", "W/3", "*, \"a\""})
    void whatIsNoTagIsRefused(String tag) {
        assertThat(change("/v1/workspace", "{}", "If-Match", tag)
                        .refused(422, "invalid_parameter")
                        .json())
                .containsEntry("param", "If-Match");
    }

    @Test
    void whatWasReadInFullOrCompressedMayBeNamedAsWell() {
        var post = draft("read in full");
        var full = tag(api.get(post + "?expand%5B%5D=publications.account.account_group"));
        var publication =
                api.get("/v1/publications/" + api.get(post).ids("publications").getFirst());
        var account = "/v1/accounts/" + publication.string("account_id");
        var group = api.get(account).string("account_group_id");

        tag(change(post, "{\"text\":\"two\"}", "If-Match", full));
        tag(change(
                account,
                "{\"account_group_id\":\"%s\"}".formatted(group),
                "If-Match",
                tag(api.get(account + "?expand%5B%5D=account_group"))));
        tag(change(post, "{\"text\":\"three\"}", "If-Match", tag(api.get(post)).replaceFirst("\"$", "-gzip\"")));
    }

    @Test
    void aPostIsNamedByItsTagOrItsRevision() {
        var post = draft("revised");
        var read = tag(api.get(post));
        var second = change(post, "{\"text\":\"two\"}", "If-Match", "\"1\"");

        assertThat(second.json()).containsEntry("revision", 2);
        assertThat(tag(api.get(post))).isEqualTo(tag(second));
        assertThat(change(post, "{\"text\":\"three\"}", "If-Match", "1")
                        .refused(412, "precondition_failed")
                        .json()
                        .get("current"))
                .extracting("revision")
                .isEqualTo(2);
        assertThat(change(post, "{\"text\":\"three\"}", "If-Match", read)
                        .refused(412, "precondition_failed")
                        .json())
                .containsEntry("current", current(tag(second), 2));
        assertThat(change(post, "{\"text\":\"three\"}", "If-Match", tag(second)).json())
                .containsEntry("revision", 3);
        assertThat(change(post, "{\"text\":\"four\"}", "If-Match", "*").json()).containsEntry("revision", 4);
        api.exchange(api.request("POST", post + "/cancel", null).header("If-Match", "\"3\""))
                .refused(412, "precondition_failed");
        assertThat(api.exchange(api.request("POST", post + "/cancel", null).header("If-Match", "\"4\""))
                        .status())
                .isEqualTo(200);
    }

    // Otherwise a repetition would fail its precondition because of the change that the first request made.
    @Test
    void aRepetitionGetsItsReplyBeforeItsPreconditionIsLookedAt() {
        var agent = agent("repeated");
        var read = tag(api.get(agent));
        var first = change(agent, "{\"owner\":\"one\"}", "If-Match", read, "Idempotency-Key", "once");

        var again = change(agent, "{\"owner\":\"one\"}", "If-Match", read, "Idempotency-Key", "once");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Idempotent-Replayed")).contains("true");
        assertThat(again.text()).isEqualTo(first.text());
    }

    // Otherwise a client that reads again, as the error suggests, would get the old error for a day.
    @Test
    void aPreconditionThatFailsLeavesTheIdempotencyKeyUnused() {
        var agent = agent("unused");
        change(agent, "{\"owner\":\"one\"}", "If-Match", "\"old\"", "Idempotency-Key", "unused")
                .refused(412, "precondition_failed");

        var then = change(agent, "{\"owner\":\"one\"}", "If-Match", tag(api.get(agent)), "Idempotency-Key", "unused");

        assertThat(then.status()).isEqualTo(200);
        assertThat(then.header("Idempotent-Replayed")).isEmpty();
    }

    // Otherwise two clients that read the same version could both write, and one would overwrite the other's change.
    @Test
    void ofManyWhoChangeWhatTheyReadOneDoes() throws Exception {
        for (var path : List.of(agent("crowded"), draft("crowded post"), "/v1/workspace")) {
            var read = tag(api.get(path));
            var changes = new ArrayList<Callable<Integer>>();
            for (int i = 1; i <= 6; i++) {
                var body = path.startsWith("/v1/agents")
                        ? "{\"owner\":\"o%d\"}"
                        : path.startsWith("/v1/posts") ? "{\"text\":\"t%d\"}" : "{\"grace_seconds\":10%d}";
                var sent = body.formatted(i);
                changes.add(() -> change(path, sent, "If-Match", read).status());
            }
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var statuses = new ArrayList<Integer>();
                for (var future : threads.invokeAll(changes)) {
                    statuses.add(future.get());
                }
                assertThat(statuses)
                        .as(path)
                        .containsOnlyOnce(200)
                        .contains(412)
                        .containsOnly(200, 412);
            }
        }
    }

    @Test
    void whatMayNotBeReadCannotBeComparedWith() {
        var agent = agent("unread");
        var account = "/v1/accounts/" + api.account("unread");
        var writer = ApiServer.secretOf(api.carillon()
                .bean(ApiKeyAuthenticator.class)
                .create(api.carillon().test().workspace(), Mode.TEST, "writer", EnumSet.of(Scope.ACCOUNTS_WRITE)));
        var request = ApiServer.withKey(api.request("DELETE", account, null), writer);

        assertThat(api.exchange(request.copy().header("If-Match", "\"guessed\""))
                        .refused(403, "scope_missing")
                        .string("param"))
                .isEqualTo("accounts.read");
        assertThat(api.exchange(request.copy().header("If-Match", "*")).status())
                .isEqualTo(200);
        api.exchange(ApiServer.withKey(api.request("PATCH", agent, "{}"), writer)
                        .header("If-Match", "\"guessed\""))
                .refused(403, "scope_missing");
    }

    @Test
    void aChangeDoesNotTakeIfNoneMatch() {
        assertThat(Stream.of("*", "\"a\"").map(tag -> api.exchange(
                                api.request("PATCH", "/v1/workspace", "{}").header("If-None-Match", tag))
                        .refused(422, "unknown_parameter")
                        .string("param")))
                .containsOnly("If-None-Match");
    }
}
