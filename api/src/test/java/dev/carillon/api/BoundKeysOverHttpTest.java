package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keys that are restricted to accounts. Without these rules, a key for one account could read or use other accounts. */
class BoundKeysOverHttpTest {
    private static final String ALL_SCOPES =
            "[\"posts.read\", \"posts.draft\", \"posts.schedule\", \"posts.publish\", \"accounts.read\", \"accounts.write\", \"api_keys.write\"]";
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String TOMORROW = "{\"at\": \"2027-11-29T09:00:00Z\"}";

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
    void itSeesItsAccountsAndWhatIsPostedThere() {
        var own = api.account("sees own");
        var other = api.account("sees other");
        var key = boundTo(own);
        var post = posted(other + "," + own, "one of both", "\"draft\"").string("id");
        var seen = posted(own, "of its own", "\"draft\"");
        var hidden = posted(other, "of another", "\"draft\"");

        assertThat(api.get("/v1/accounts", key).ids("data")).containsExactly(own);
        assertThat(api.get("/v1/posts", key).ids("data")).containsExactly(seen.string("id"));
        assertThat(api.get("/v1/posts/" + seen.string("id"), key).text()).isEqualTo(seen.text());
        assertThat(api.get("/v1/publications/" + seen.ids("publications").getFirst(), key)
                        .status())
                .isEqualTo(200);
        for (var id : List.of(post, hidden.string("id"))) {
            assertUnknown(key, "GET", "/v1/posts/%s", id, null);
            assertUnknown(key, "GET", "/v1/posts/%s/timeline", id, null);
            assertUnknown(key, "POST", "/v1/posts/%s/cancel", id, "");
            assertUnknown(key, "POST", "/v1/posts/%s/retry", id, "{}");
            assertUnknown(key, "PATCH", "/v1/posts/%s", id, "{\"text\": \"taken over\", \"revision\": 1}");
        }
        assertUnknown(key, "GET", "/v1/accounts/%s", other, null);
        assertUnknown(key, "DELETE", "/v1/accounts/%s", other, null);
    }

    @Test
    void itPostsToItsAccountsOnly() {
        var own = api.account("posts own");
        var other = api.account("posts other");
        var group = group("posts group");
        var key = boundTo(own);

        assertThat(with(
                                key,
                                "POST",
                                "/v1/posts",
                                postTo("{\"account_id\": \"%s\"}".formatted(own), "mine", "\"draft\""))
                        .status())
                .isEqualTo(201);
        assertThat(with(
                                key,
                                "POST",
                                "/v1/posts",
                                postTo("{\"platform\": \"sandbox\"}", "for all that it has", "\"draft\""))
                        .ids("publications"))
                .hasSize(1);
        with(key, "POST", "/v1/posts", postTo("{\"platform\": \"mastodon\"}", "nowhere", "\"draft\""))
                .refused(422, "no_targets");
        for (var target : List.of(
                "{\"account_id\": \"%s\"}".formatted(other), "{\"account_group_id\": \"%s\"}".formatted(group))) {
            with(key, "POST", "/v1/posts", postTo(target, "not mine", "\"draft\""))
                    .refused(404, "not_found");
        }
        var batch = with(
                key,
                "POST",
                "/v1/posts/batch",
                "{\"mode\": \"partial\", \"posts\": [%s, %s]}"
                        .formatted(
                                postTo("{\"account_id\": \"%s\"}".formatted(own), "good", "\"draft\""),
                                postTo("{\"account_id\": \"%s\"}".formatted(other), "bad", "\"draft\"")));
        assertThat(batch.text()).contains("\"status\":201").contains("\"status\":404");
    }

    @Test
    void itChangesItsDraftsAsItMayMakeThem() {
        var own = api.account("drafts own");
        var second = api.account("drafts second");
        var other = api.account("drafts other");
        var key = boundTo(own, second);
        var draft = with(key, "POST", "/v1/posts", postTo(target(own), "first words", "\"draft\""));
        var path = "/v1/posts/" + draft.string("id");

        with(key, "PATCH", path, "{\"revision\": 1, \"targets\": [%s]}".formatted(target(other)))
                .refused(404, "not_found");
        var moved = with(key, "PATCH", path, "{\"revision\": 1, \"targets\": [%s]}".formatted(target(second)));
        var planned = with(key, "PATCH", path, "{\"revision\": 2, \"publish\": %s}".formatted(TOMORROW));
        var canceled = with(key, "POST", path + "/cancel", "");

        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(moved.text()).contains(second).doesNotContain(own);
        assertThat(planned.string("status")).isEqualTo("scheduled");
        assertThat(canceled.string("status")).isEqualTo("canceled");
    }

    @Test
    void aGroupIsWhateverIsInItAtTheMoment() {
        var group = group("live group");
        var joins = api.account("joins");
        var key = made("\"account_group_ids\": [\"%s\"]".formatted(group));

        assertThat(api.get("/v1/accounts", key).ids("data")).isEmpty();
        move(joins, group);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(api.get("/v1/accounts", key).ids("data")).containsExactly(joins));
        assertThat(api.get("/v1/account_groups", key).ids("data")).containsExactly(group);
        assertThat(with(
                                key,
                                "POST",
                                "/v1/posts",
                                postTo("{\"account_group_id\": \"%s\"}".formatted(group), "to the group", "\"draft\""))
                        .ids("publications"))
                .hasSize(1);
        assertUnknown(key, "GET", "/v1/account_groups/%s", defaultGroup(), null);

        // After its group is deleted, the key sees nothing.
        api.delete("/v1/account_groups/" + group);
        assertThat(api.get("/v1/accounts", key).ids("data")).isEmpty();
        assertThat(api.get("/v1/posts", key).ids("data")).isEmpty();
        assertThat(api.get("/v1/me", key).json()).containsEntry("account_group_ids", List.of(group));
    }

    @Test
    void whatConcernsMoreThanSingleAccountsIsRefused() {
        var own = api.account("refused own");
        var group = group("refused group");
        var key = made("\"account_ids\": [\"%s\"], \"account_group_ids\": [\"%s\"]".formatted(own, group));

        for (var refused : List.of(
                with(key, "POST", "/v1/accounts", "{\"platform\": \"sandbox\", \"username\": \"new\"}"),
                with(key, "PATCH", "/v1/accounts/" + own, "{\"account_group_id\": \"%s\"}".formatted(group)),
                with(key, "POST", "/v1/account_groups", "{\"name\": \"new\"}"),
                with(key, "DELETE", "/v1/account_groups/" + group, null),
                with(key, "GET", "/v1/workspace/health", null))) {
            refused.refused(403, "key_is_bound");
        }
        assertThat(with(key, "PATCH", "/v1/account_groups/" + group, "{\"name\": \"renamed\"}")
                        .string("name"))
                .isEqualTo("renamed");
        assertThat(makeWith(
                                api.testKey(),
                                "\"name\": \"n\", \"scopes\": [\"posts.read\", \"events.read\"], \"account_ids\": [\"%s\"]"
                                        .formatted(own))
                        .refused(422, "invalid_parameter")
                        .string("detail"))
                .contains("events.read (events cover every account)")
                .doesNotContain("posts.read (");
    }

    @Test
    void whatItIsBoundToHasToBeThereAndIsShown() {
        var own = api.account("shown own");
        var group = group("shown group");
        var bounds = "\"account_ids\": [\"%s\"], \"account_group_ids\": [\"%s\"]".formatted(own, group);

        var made = makeWith(api.testKey(), "\"name\": \"n\", \"scopes\": %s, %s".formatted(ALL_SCOPES, bounds));

        var expected = Map.of("account_ids", List.of(own), "account_group_ids", List.of(group));
        assertThat(made.json()).containsAllEntriesOf(expected);
        assertThat(api.get("/v1/api_keys/" + made.string("id")).json()).containsAllEntriesOf(expected);
        assertThat(api.get("/v1/me", made.string("secret")).json()).containsAllEntriesOf(expected);
        var nobodys = Walk.randomId("accounts");
        assertThat(bound("\"account_ids\": [\"%s\", \"%s\"]".formatted(own, nobodys))
                        .refused(404, "not_found")
                        .json())
                .containsEntry("param", "/account_ids");
        assertThat(bound("\"account_ids\": [\"%s\", \"acc_1\"]".formatted(own))
                        .refused(422, "invalid_parameter")
                        .json())
                .containsEntry("param", "/account_ids/1");
        bound("\"account_ids\": []").refused(422, "invalid_parameter");
        bound("\"account_ids\": [\"%s\"%s]".formatted(own, manyMore())).refused(422, "invalid_parameter");
    }

    private static String manyMore() {
        var more = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            more.append(", \"").append(Walk.randomId("accounts")).append('"');
        }
        return more.toString();
    }

    // Otherwise a restricted key could create an unrestricted one.
    @Test
    void noBoundKeyMakesOrSeesOneThatReachesMore() {
        var own = api.account("maker own");
        var other = api.account("maker other");
        var group = group("maker group");
        var member = api.account("maker member");
        move(member, group);
        var maker = made("\"account_ids\": [\"%s\"], \"account_group_ids\": [\"%s\"]".formatted(own, group));
        var narrow = makeWith(
                maker, "\"name\": \"n\", \"scopes\": %s, \"account_ids\": [\"%s\"]".formatted(ALL_SCOPES, own));
        var heir = makeWith(maker, "\"name\": \"n\", \"scopes\": [\"accounts.read\"]");
        var strangers = makeWith(api.testKey(), "\"name\": \"n\", \"scopes\": [\"accounts.read\"]");

        assertThat(heir.json())
                .containsEntry("account_ids", List.of(own))
                .containsEntry("account_group_ids", List.of(group));
        makeWith(maker, "\"name\": \"n\", \"scopes\": [\"accounts.read\"], \"account_ids\": [\"%s\"]".formatted(other))
                .refused(404, "not_found");
        // The account may leave the group, and the new key would keep access to it.
        assertThat(makeWith(
                                maker,
                                "\"name\": \"n\", \"scopes\": [\"accounts.read\"], \"account_ids\": [\"%s\"]"
                                        .formatted(member))
                        .refused(422, "invalid_parameter")
                        .string("detail"))
                .contains("account_group_ids");
        assertThat(api.get("/v1/api_keys", maker).ids("data"))
                .contains(narrow.string("id"), heir.string("id"))
                .doesNotContain(strangers.string("id"));
        assertUnknown(maker, "GET", "/v1/api_keys/%s", strangers.string("id"), null);
        assertUnknown(maker, "POST", "/v1/api_keys/%s/rotate", strangers.string("id"), "");
        assertUnknown(maker, "DELETE", "/v1/api_keys/%s", strangers.string("id"), null);
        assertUnknown(narrow.string("secret"), "POST", "/v1/api_keys/%s/rotate", heir.string("id"), "");

        var rotated = with(maker, "POST", "/v1/api_keys/%s/rotate".formatted(narrow.string("id")), "");
        assertThat(rotated.json()).containsEntry("account_ids", List.of(own));
        assertThat(api.get("/v1/accounts", rotated.string("secret")).ids("data"))
                .containsExactly(own);
    }

    // Otherwise a restricted key could publish the same content again on its account.
    @Test
    void aPostThatItDoesNotSeeIsADuplicateAllTheSame() {
        var own = api.account("twice own");
        var other = api.account("twice other");
        var key = boundTo(own);
        var hidden = posted(own + "," + other, "said by both", TOMORROW);

        var refused = with(key, "POST", "/v1/posts", postTo(target(own), "said by both", TOMORROW))
                .refused(409, "duplicate_content");

        assertThat(refused.text())
                .doesNotContain(hidden.string("id"))
                .doesNotContain(hidden.ids("publications").getFirst())
                .doesNotContain(other);
        assertThat(with(
                                key,
                                "POST",
                                "/v1/posts",
                                postTo(target(own), "said by both", TOMORROW)
                                        .replaceFirst("\\{", "{\"allow_duplicate\": true, "))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void whatItDisconnectsIsHeldInPostsThatItDoesNotSeeAsWell() {
        var own = api.account("held own");
        var other = api.account("held other");
        var hidden = posted(own + "," + other, "held for one", TOMORROW);

        assertThat(with(boundTo(own), "DELETE", "/v1/accounts/" + own, null).status())
                .isEqualTo(200);

        assertThat(api.get("/v1/posts/" + hidden.string("id")).text())
                .contains("\"status\":\"held\"")
                .contains("\"status\":\"scheduled\"");
    }

    @Test
    void aReplyIsRepeatedToWhoeverMayReadWhatItTells() {
        var own = api.account("replay own");
        var other = api.account("replay other");
        var key = boundTo(own);
        var ofOwn = postTo(target(own), "replayed", "\"draft\"");
        var ofOther = postTo(target(other), "replayed", "\"draft\"");
        var broken = postTo(target(other), "x", "{\"at\": \"2001-01-01T00:00:00Z\"}");
        var first = api.post("/v1/posts", ofOwn, "Idempotency-Key", "bound one");
        api.post("/v1/posts", ofOther, "Idempotency-Key", "bound two");
        api.post("/v1/posts", broken, "Idempotency-Key", "bound three").refused(422, "time_in_past");

        var replayed = repeated(key, "/v1/posts", ofOwn, "bound one");

        assertThat(replayed.text()).isEqualTo(first.text());
        assertThat(replayed.header("Idempotent-Replayed")).contains("true");
        repeated(key, "/v1/posts", ofOther, "bound two").refused(404, "not_found");
        repeated(key, "/v1/posts", broken, "bound three").refused(404, "not_found");
    }

    // Otherwise a weak key could obtain the secret of a strong one.
    @Test
    void aSecretIsRepeatedToNobodyButWhoHadItMade() {
        var body = "{\"name\": \"strong\", \"scopes\": [\"posts.publish\"]}";
        var weak = makeWith(api.testKey(), "\"name\": \"weak\", \"scopes\": [\"api_keys.write\"]")
                .string("secret");
        var bound = boundTo(api.account("secret own"));
        var first = api.post("/v1/api_keys", body, "Idempotency-Key", "strong");

        assertThat(repeated(api.testKey(), "/v1/api_keys", body, "strong").text())
                .isEqualTo(first.text());
        repeated(weak, "/v1/api_keys", body, "strong").refused(404, "not_found");
        repeated(bound, "/v1/api_keys", body, "strong").refused(404, "not_found");
    }

    @Test
    void aLiveKeyHasTheSandboxPlayPostsOfItsAccountsOnly() {
        var own = liveAccount("plays own");
        var other = liveAccount("plays other");
        var key = ApiServer.withKey(
                api.request(
                        "POST",
                        "/v1/api_keys",
                        "{\"name\": \"n\", \"scopes\": [\"posts.read\", \"posts.draft\"], \"account_ids\": [\"%s\"]}"
                                .formatted(own)),
                api.liveKey());
        var secret = api.exchange(key).string("secret");
        var hidden = with(api.liveKey(), "POST", "/v1/posts", simulated(other)).string("id");

        var post = with(secret, "POST", "/v1/posts", simulated(own));

        assertThat(post.status()).as(post.text()).isEqualTo(201);
        assertThat(api.get("/v1/posts?sandbox=true", secret).ids("data")).containsExactly(post.string("id"));
        assertThat(api.get("/v1/publications/" + post.ids("publications").getFirst(), secret)
                        .string("account_id"))
                .isEqualTo(own);
        assertUnknown(secret, "GET", "/v1/posts/%s", hidden, null);
        with(secret, "POST", "/v1/posts", simulated(other)).refused(404, "not_found");
    }

    private static String liveAccount(String name) {
        var identity = new Identity("did:plc:" + name, name, null, null, "an app");
        Actor live = api.carillon().live();
        return api.carillon()
                .bean(AccountService.class)
                .connect(live, new NewAccount(Platform.X, identity, Credentials.NONE, Map.of()))
                .id()
                .toString();
    }

    private static String simulated(String account) {
        return postTo(target(account), "played", "\"draft\"").replaceFirst("\\{", "{\"sandbox\": true, ");
    }

    /** Asserts that an id outside the bounds gets the same reply as an id that does not exist. */
    private static void assertUnknown(String key, String method, String path, String id, @Nullable String body) {
        var word = path.replaceFirst("^/v1/([a-z_]+)/.*$", "$1");
        var random = Walk.randomId(word);

        var ofOutside = with(key, method, path.formatted(id), body).refused(404, "not_found");
        var ofRandom = with(key, method, path.formatted(random), body).refused(404, "not_found");

        assertThat(ofOutside.string("detail").replace(id, "ID"))
                .isEqualTo(ofRandom.string("detail").replace(random, "ID"));
    }

    private static Reply with(String key, String method, String path, @Nullable String body) {
        return api.exchange(ApiServer.withKey(api.request(method, path, body), key));
    }

    private static Reply repeated(String key, String path, String body, String idempotencyKey) {
        return api.exchange(
                ApiServer.withKey(api.request("POST", path, body), key).header("Idempotency-Key", idempotencyKey));
    }

    private static Reply posted(String accounts, String text, String publish) {
        var targets = String.join(
                ", ",
                List.of(accounts.split(",")).stream()
                        .map(BoundKeysOverHttpTest::target)
                        .toList());
        var reply = api.post("/v1/posts", postTo(targets, text, publish));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply;
    }

    private static String target(String account) {
        return "{\"account_id\": \"%s\"}".formatted(account);
    }

    private static String postTo(String targets, String text, String publish) {
        return "{\"text\": \"%s\", \"targets\": [%s], \"publish\": %s}".formatted(text, targets, publish);
    }

    private static String boundTo(String... accounts) {
        return made("\"account_ids\": [\"%s\"]".formatted(String.join("\", \"", accounts)));
    }

    private static String made(String bounds) {
        var reply = bound(bounds);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.string("secret");
    }

    private static Reply bound(String bounds) {
        return makeWith(api.testKey(), "\"name\": \"n\", \"scopes\": %s, %s".formatted(ALL_SCOPES, bounds));
    }

    private static Reply makeWith(String key, String fields) {
        return with(key, "POST", "/v1/api_keys", "{%s}".formatted(fields));
    }

    private static String group(String name) {
        return api.post("/v1/account_groups", "{\"name\": \"%s\"}".formatted(name))
                .string("id");
    }

    private static String defaultGroup() {
        return api.get("/v1/account_groups?limit=100").ids("data").getLast();
    }

    private static void move(String account, String group) {
        var moved = with(
                api.testKey(), "PATCH", "/v1/accounts/" + account, "{\"account_group_id\": \"%s\"}".formatted(group));
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
    }
}
