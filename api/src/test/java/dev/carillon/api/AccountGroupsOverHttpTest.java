package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.kernel.Mode;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Account groups, and posts that target them. */
class AccountGroupsOverHttpTest {
    private static ApiServer api;

    @BeforeAll
    static void start() {
        api = ApiServer.start(Map.of());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aGroupIsMadeFilledRenamedAndCounted() {
        var group = group("Brand");
        assertThat(group.json())
                .containsEntry("object", "account_group")
                .containsEntry("name", "Brand")
                .containsEntry("is_default", false)
                .containsEntry("account_count", 0)
                .containsEntry("livemode", false);
        var id = group.string("id");

        var one = account("sandbox", "one of the brand", id);
        var two = api.account("two of the brand");
        var moved = api.exchange(
                api.request("PATCH", "/v1/accounts/" + two, "{\"account_group_id\": \"%s\"}".formatted(id)));

        assertThat(moved.json()).containsEntry("account_group_id", id);
        assertThat(api.get("/v1/accounts/" + one).json()).containsEntry("account_group_id", id);
        assertThat(count(id)).isEqualTo(2);
        assertThat(api.get("/v1/accounts?account_group_id=" + id).ids("data")).containsExactly(two, one);
        assertThat(account("sandbox", "one of the brand", null))
                .as("the same account when connected again")
                .isEqualTo(one);
        assertThat(count(id)).as("the account stays in its group").isEqualTo(2);
        api.delete("/v1/accounts/" + one);
        assertThat(count(id)).isEqualTo(1);
        var renamed = api.exchange(api.request("PATCH", "/v1/account_groups/" + id, "{\"name\": \"New brand\"}"));
        assertThat(renamed.json()).containsEntry("name", "New brand").containsEntry("account_count", 1);
    }

    @Test
    void aDeletedGroupLeavesItsAccountsToTheDefaultOneOrEndsThem() {
        var kept = group("kept").string("id");
        var ended = group("ended").string("id");
        var stays = account("sandbox", "stays", kept);
        var goes = account("sandbox", "goes", ended);

        assertThat(api.delete("/v1/account_groups/" + kept).json()).containsEntry("account_count", 1);
        assertThat(api.delete("/v1/account_groups/" + ended + "?on_delete=revoke")
                        .status())
                .isEqualTo(200);

        assertThat(api.get("/v1/accounts/" + stays).json())
                .containsEntry("status", "active")
                .containsEntry("account_group_id", defaultGroup());
        assertThat(api.get("/v1/accounts/" + goes).json())
                .containsEntry("status", "disconnected")
                .containsEntry("account_group_id", defaultGroup());
        api.get("/v1/account_groups/" + kept).refused(404, "not_found");
        assertThat(api.delete("/v1/account_groups/" + group("x").string("id") + "?on_delete=burn")
                        .refused(422, "invalid_parameter")
                        .string("detail"))
                .isEqualTo("on_delete must be one of detach, revoke.");
    }

    @Test
    void theDefaultGroupStays() {
        api.delete("/v1/account_groups/" + defaultGroup()).refused(409, "account_group_is_default");
    }

    @Test
    void aGroupHasANameOfFiftyCharactersAtMostAndThereIsALimit() {
        assertThat(group("").refused(422, "invalid_parameter").string("param")).isEqualTo("/name");
        assertThat(group("x".repeat(51)).refused(422, "invalid_parameter").string("detail"))
                .contains("at most 50");
        var crowded = ApiServer.secretOf(api.carillon().newKey(api.carillon().newWorkspace(), Mode.TEST));
        IntStream.range(0, 19)
                .forEach(n ->
                        assertThat(groupWith(crowded, "group " + n).status()).isEqualTo(201));

        assertThat(groupWith(crowded, "one more")
                        .refused(422, "account_group_limit_reached")
                        .string("detail"))
                .contains("20 account groups");
    }

    @Test
    void anotherWorkspacesGroupIsNotThere() {
        var foreign = groupWith(
                        ApiServer.secretOf(api.carillon().newKey(api.carillon().newWorkspace(), Mode.TEST)), "foreign")
                .string("id");

        api.get("/v1/account_groups/" + foreign).refused(404, "not_found");
        api.delete("/v1/account_groups/" + foreign).refused(404, "not_found");
        assertThat(api.post(
                                "/v1/accounts",
                                "{\"platform\": \"sandbox\", \"username\": \"lost\", \"account_group_id\": \"%s\"}"
                                        .formatted(foreign))
                        .refused(404, "not_found")
                        .string("param"))
                .isEqualTo("/account_group_id");
        assertThat(post("{\"account_group_id\": \"%s\"}".formatted(foreign))
                        .refused(404, "not_found")
                        .string("param"))
                .isEqualTo("/targets/0/account_group_id");
    }

    @Test
    void aPostGoesToAllOfAGroupAndToWhatIsNamedInItsOwnWords() {
        var id = group("audience").string("id");
        var one = account("sandbox", "a one", id);
        var two = account("x", "a two", id);
        var gone = account("sandbox", "a gone", id);
        api.delete("/v1/accounts/" + gone);
        var other = api.account("elsewhere");

        var post = post(
                "{\"account_group_id\": \"%s\", \"text\": \"for the group\"}, {\"account_id\": \"%s\"}, {\"account_id\": \"%s\", \"text\": \"for one\"}"
                        .formatted(id, other, one));

        assertThat(post.status()).as(post.text()).isEqualTo(201);
        assertThat(targets(post)).containsExactly(two + ": for the group", other + ": null", one + ": for one");
    }

    @Test
    void aPostGoesToAllOfAPlatform() {
        var one = account("mastodon", "m one", null);
        var two = account("mastodon", "m two", null);

        assertThat(targets(post("{\"platform\": \"mastodon\"}"))).containsExactly(one + ": null", two + ": null");
    }

    // An error must point to the caller's own target, not to the accounts that the target includes.
    @Test
    void whatIsWrongIsSaidWhereTheTargetWasNamed() {
        var id = group("strict").string("id");
        account("sandbox", "s one", id);
        account("x", "s two", id);
        var plain = api.account("s plain");

        var refused = api.post(
                        "/v1/posts",
                        "{\"text\": \"short\", \"targets\": [{\"account_id\": \"%s\"}, {\"account_group_id\": \"%s\", \"text\": \"%s\"}]}"
                                .formatted(plain, id, "x".repeat(281)))
                .refused(422, "content_invalid");

        assertThat(refused.string("param")).isEqualTo("/targets/1/text");
        assertThat(post("{\"account_group_id\": \"%s\"}"
                                .formatted(group("empty").string("id")))
                        .refused(422, "no_targets")
                        .string("param"))
                .isEqualTo("/targets/0");
        assertThat(post("{\"account_id\": \"%s\", \"platform\": \"x\"}".formatted(plain))
                        .refused(422, "invalid_parameter")
                        .string("detail"))
                .isEqualTo("A target takes only one of account_id and platform; remove the rest.");
        assertThat(post("{\"platform\": \"myspace\"}")
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/targets/0/platform");
    }

    private static Reply group(String name) {
        return api.post("/v1/account_groups", "{\"name\": \"%s\"}".formatted(name));
    }

    private static Reply groupWith(String secret, String name) {
        return api.exchange(ApiServer.withKey(
                api.request("POST", "/v1/account_groups", "{\"name\": \"%s\"}".formatted(name)), secret));
    }

    private static String account(String platform, String username, @Nullable String group) {
        var named = group == null ? "" : ", \"account_group_id\": \"%s\"".formatted(group);
        return api.post(
                        "/v1/accounts",
                        "{\"platform\": \"%s\", \"username\": \"%s\"%s}".formatted(platform, username, named))
                .string("id");
    }

    private static Reply post(String targets) {
        return api.post("/v1/posts", "{\"text\": \"hello\", \"targets\": [%s]}".formatted(targets));
    }

    private static List<String> targets(Reply post) {
        return post.json().get("targets") instanceof List<?> targets
                ? targets.stream()
                        .map(target -> (Map<?, ?>) target)
                        .map(target -> target.get("account_id") + ": " + target.get("text"))
                        .toList()
                : List.of();
    }

    private static int count(String group) {
        return Integer.parseInt(api.get("/v1/account_groups/" + group).string("account_count"));
    }

    private static String defaultGroup() {
        return api.get("/v1/account_groups?limit=100").ids("data").getLast();
    }
}
