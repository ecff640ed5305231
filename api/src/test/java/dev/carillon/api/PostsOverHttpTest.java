package dev.carillon.api;

import static dev.carillon.api.ApiServer.postBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.Mode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostsOverHttpTest {
    private static ApiServer api;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aPostIsAcceptedReadListedAndCanceled() {
        var account = api.account("whole-story");
        var created =
                api.post("/v1/posts", """
                {"text": "hello", "publish": {"at": "%s"}, "metadata": {"campaign": "launch"}, "media": [], "link": null,
                 "targets": [{"account_id": "%s", "text": "hello, in other words", "settings": {"a": {"b": [1, 2.5, null]}}}]}
                """.formatted(java.time.Instant.now().plusSeconds(3600), account));

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json())
                .containsEntry("object", "post")
                .containsEntry("status", "scheduled")
                .containsEntry("text", "hello")
                .containsEntry("revision", 1)
                .containsEntry("livemode", false)
                .containsEntry("metadata", Map.of("campaign", "launch"));
        var id = created.string("id");
        assertThat(api.get("/v1/posts/" + id).text()).isEqualTo(created.text());
        assertThat(api.get("/v1/posts?status=scheduled&limit=1").string("data")).contains(id);

        var canceled = api.post("/v1/posts/" + id + "/cancel", "");
        assertThat(canceled.json()).containsEntry("status", "canceled");
        assertThat(api.post("/v1/posts/" + id + "/cancel", "{}").status()).isEqualTo(200);
    }

    @Test
    void aPublicationAndItsAttemptsAreReadable() {
        var post = api.post("/v1/posts", postBody(api.account("parts"), "hello", "\"draft\""));
        var publication = post.ids("publications").getFirst();

        var read = api.get("/v1/publications/" + publication);

        assertThat(read.json())
                .containsEntry("object", "publication")
                .containsEntry("post_id", post.string("id"))
                .containsEntry("status", "draft")
                .containsEntry("cost", Map.of("amount_micros", 10_000, "currency", "usd"));
        assertThat(api.get("/v1/publications/" + publication + "/attempts").json())
                .containsEntry("data", List.of())
                .containsEntry("has_more", false);
    }

    @Test
    void accountsAreConnectedListedAndDisconnected() {
        var id = api.account("comes-and-goes");

        assertThat(api.get("/v1/accounts?platform=sandbox&status=active&limit=100")
                        .text())
                .contains(id);
        assertThat(api.delete("/v1/accounts/" + id).json()).containsEntry("status", "disconnected");
        assertThat(api.delete("/v1/accounts/" + id).status()).isEqualTo(200);
        assertThat(api.get("/v1/accounts/" + id).json()).containsEntry("username", "comes-and-goes");
        api.post("/v1/posts", postBody(id, "hello", "\"now\"")).refused(409, "account_disconnected");
    }

    @Test
    void anAccountThatCannotBeConnectedIsRefusedWithWhatCouldBe() {
        api.post("/v1/accounts", "{\"platform\":\"blusky\",\"username\":\"a\"}").refused(422, "invalid_parameter");
        api.post("/v1/accounts", "{\"platform\":\"sandbox\"}").refused(422, "invalid_parameter");
        api.post("/v1/accounts", "{\"platform\":\"x\",\"username\":\"a\",\"credentials\":{}}")
                .refused(422, "invalid_parameter");
        var live = ApiServer.withKey(api.request("POST", "/v1/accounts", "{\"platform\":\"sandbox\"}"), api.liveKey());
        assertThat(api.exchange(live).refused(422, "platform_not_available").string("detail"))
                .contains("bluesky");
        var lacking = ApiServer.withKey(
                api.request("POST", "/v1/accounts", "{\"platform\":\"bluesky\",\"credentials\":{\"pds\":\"x\"}}"),
                api.liveKey());
        assertThat(api.exchange(lacking).refused(422, "invalid_parameter").json())
                .containsEntry("param", "/credentials/pds");
    }

    @Test
    void eventsAreListedAsTheyAreStored() {
        var account = api.account("watched");
        var page = api.get("/v1/events?object_id=" + account);

        var stored = api.carillon()
                .eventsAbout(api.carillon().test(), account)
                .getFirst()
                .body();
        assertThat(page.text()).contains("\"data\":[" + stored + "]");
        assertThat(api.get("/v1/events?type=account.disconnected&limit=100&object_id=" + account)
                        .json())
                .containsEntry("data", List.of());
    }

    @Test
    void listsArePagedThroughWithACursor() {
        var account = api.account("paged");
        for (int i = 0; i < 3; i++) {
            api.post("/v1/posts", postBody(account, "number " + i, "\"draft\""));
        }

        var first = api.get("/v1/posts?limit=2");
        var second = api.get("/v1/posts?limit=2&cursor=" + first.string("next_cursor"));

        assertThat(first.json()).containsEntry("has_more", true);
        assertThat(second.ids("data")).isNotEmpty().doesNotContainAnyElementsOf(first.ids("data"));
    }

    @Test
    void postsAreFilteredByWhereByWhomAndWhen() {
        var one = api.account("filtered one");
        var x = api.post("/v1/accounts", "{\"platform\": \"x\", \"username\": \"filtered\"}")
                .string("id");
        var early = api.post("/v1/posts", postBody(one, "early", "{\"at\": \"2027-03-01T09:00:00Z\"}"))
                .string("id");
        var late = api.post("/v1/posts", postBody(x, "late", "{\"at\": \"2027-04-01T09:00:00Z\"}"))
                .string("id");
        var draft = api.post("/v1/posts", postBody(one, "no time", "\"draft\"")).string("id");

        assertThat(listed("account_id=" + one)).containsExactly(draft, early);
        assertThat(listed("account_id=" + one + "&status=scheduled")).containsExactly(early);
        assertThat(listed("account_id=" + one + "&platform=x")).isEmpty();
        assertThat(listed("platform=x")).contains(late).doesNotContain(early, draft);
        assertThat(listed("publish_from=2027-03-01T09:00:00Z&publish_until=2027-04-01T09:00:00Z"))
                .containsExactly(early);
        assertThat(listed("publish_from=2027-03-01T09:00:01Z")).contains(late).doesNotContain(early, draft);
        assertThat(listed("created_from=2020-01-01T00:00:00Z&account_id=" + x)).containsExactly(late);
        assertThat(listed("created_until=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(listed("agent_id=agt_00000000000000000000000000")).isEmpty();
        assertThat(api.get("/v1/posts?account_id=post_1")
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("account_id");
        assertThat(api.get("/v1/posts?publish_from=%2B300000-01-01T00:00:00Z")
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("publish_from");
    }

    private static List<String> listed(String query) {
        return api.get("/v1/posts?limit=100&" + query).ids("data");
    }

    @Test
    void usageAndTheKeysOwnStandingAreReadable() {
        assertThat(api.get("/v1/usage").json())
                .containsEntry("group_by", "meter")
                .containsEntry("livemode", false);
        for (var group : List.of("meter", "day", "platform", "account", "api_key")) {
            assertThat(api.get("/v1/usage?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00%2B01:00&group_by=" + group)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(api.get("/v1/me").json()).containsEntry("mode", "test").containsEntry("object", "me");
    }

    // Otherwise a key could read another tenant's posts or learn which ids exist.
    @Test
    void whatBelongsToOthersIsAsUnknownAsWhatDoesNotExist() {
        var account = api.account("fenced");
        var post = api.post("/v1/posts", postBody(account, "mine", "\"draft\""));
        var stranger = ApiServer.secretOf(api.carillon().newKey(api.carillon().newWorkspace(), Mode.TEST));
        var paths = List.of("/v1/posts/" + post.string("id"), "/v1/accounts/" + account);

        for (var path : paths) {
            for (var key : List.of(stranger, api.liveKey())) {
                api.get(path, key).refused(404, "not_found");
            }
        }
        api.get("/v1/posts/post_nonsense").refused(404, "not_found");
        api.get("/v1/posts/" + account).refused(404, "not_found");
        assertThat(api.get("/v1/posts", stranger).json()).containsEntry("data", List.of());
    }

    @Test
    void aKeyWithoutTheScopeIsToldWhichOne() {
        var workspace = api.carillon().test().workspace();
        var bare = ApiServer.secretOf(api.carillon()
                .bean(ApiKeyAuthenticator.class)
                .create(workspace, Mode.TEST, "bare", Set.of(Scope.POSTS_DRAFT)));

        var missing = Map.of(
                "/v1/posts", "posts.read",
                "/v1/accounts", "accounts.read",
                "/v1/events", "events.read",
                "/v1/usage", "usage.read");
        missing.forEach((path, scope) -> assertThat(
                        api.get(path, bare).refused(403, "scope_missing").string("detail"))
                .contains(scope));
        var now = api.request("POST", "/v1/posts", postBody(api.account("scoped"), "hello", "\"now\""));
        assertThat(api.exchange(ApiServer.withKey(now, bare))
                        .refused(403, "scope_missing")
                        .string("param"))
                .isEqualTo("posts.publish");
    }
}
