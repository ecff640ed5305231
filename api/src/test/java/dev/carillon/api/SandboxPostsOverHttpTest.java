package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.DeletesPosts.Deletion;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.publication.intervention.DeletionRecords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Simulated posts of a live key: the key sees them, and nothing else in test mode. */
class SandboxPostsOverHttpTest {
    private static final PublishOutcome REJECTED =
            new PublishOutcome.Rejected(Failure.of(ErrorCode.PLATFORM_REJECTED, "not like this"));
    private static final PublishOutcome UNCONFIRMED =
            new PublishOutcome.Unconfirmed(Failure.of(ErrorCode.OUTCOME_UNCONFIRMED, "no answer"));

    private static ApiServer api;
    private static SimulatedWorker worker;

    @BeforeAll
    static void start() {
        api = ApiServer.start(Map.of("carillon.platform-commands.max-wait", "5s"));
        worker = new SimulatedWorker(api.carillon());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void itIsATestPostThatNamesTheAccountsAsTheCallerDid() {
        var account = liveAccount("asks");

        var created = simulated(account, "hello", "\"draft\"");

        assertThat(created.json()).containsEntry("livemode", false).containsEntry("sandbox", true);
        assertThat(values(created, "targets", "account_id")).containsExactly(account);
        assertThat(values(created, "publications", "account_id")).containsExactly(account);
        assertThat(values(created, "publications", "livemode")).containsExactly("false");
        assertThat(live("GET", path(created), null).text()).isEqualTo(created.text());
    }

    // Test mode's prices and rules apply, although the account is live and no live connector serves its platform.
    @Test
    void itIsHeldAgainstTheRulesAndPricesOfTheSimulatedPlatform() {
        var account = liveAccount("long");
        int before = api.get("/v1/accounts?platform=x&limit=100").ids("data").size();

        var refused = create(body(account, "x".repeat(281), "\"draft\"")).refused(422, "content_invalid");

        assertThat(refused.json().get("errors"))
                .asInstanceOf(LIST)
                .singleElement(MAP)
                .containsEntry("rule", "x.text.weighted_characters")
                .containsEntry("param", "/text")
                .containsEntry("limit", 280)
                .containsEntry("actual", 281);
        assertThat(api.get("/v1/accounts?platform=x&limit=100").ids("data"))
                .as("a refused post creates no sandbox account")
                .hasSize(before);
        assertThat(values(simulated(account, "x".repeat(280), "\"draft\""), "publications", "cost"))
                .containsExactly("{amount_micros=25000, currency=usd}");
    }

    @Test
    void aDirectiveOrATextOfATargetsOwnIsKeptForThatTarget() {
        var one = liveAccount("plain");
        var other = liveAccount("own words");

        var created = create("""
                {"text": "common", "sandbox": true, "targets": [
                    {"account_id": "%s"}, {"account_id": "%s", "text": "own [sandbox:rate_limited]"}]}
                """.formatted(one, other));

        assertThat(values(created, "targets", "account_id")).containsExactly(one, other);
        assertThat(values(created, "targets", "text")).containsExactly("null", "own [sandbox:rate_limited]");
    }

    @Test
    void theCallerFollowsItToItsEnd() {
        var account = liveAccount("follows");
        var post = simulated(account, "hello", "\"now\"");
        var publication = post.ids("publications").getFirst();
        worker.publish(publication, SimulatedWorker.published(publication));

        var read = live("GET", "/v1/publications/" + publication, null);
        var timeline = live("GET", path(post) + "/timeline", null);
        var attempts = live("GET", "/v1/publications/" + publication + "/attempts", null);

        assertThat(live("GET", path(post), null).json())
                .containsEntry("status", "published")
                .containsEntry("sandbox", true);
        assertThat(read.json())
                .containsEntry("status", "published")
                .containsEntry("account_id", account)
                .containsEntry("livemode", false);
        assertThat(timeline.text())
                .contains("Accepted from " + api.carillon().liveKey().id());
        assertThat(values(timeline, "data", "account_id")).contains(account).containsOnly(account, "null");
        assertThat(values(attempts, "data", "livemode")).containsExactly("false");
    }

    @Test
    void theReplyMayWaitForItsEnd() {
        var wish = body(liveAccount("waits"), "hello", "\"now\"").replace("{\"sandbox\"", "{\"wait\":1,\"sandbox\"");

        var waited = create(wish, "Idempotency-Key", "waits");
        assertThat(waited.status()).isEqualTo(202);
        assertThat(waited.json()).containsEntry("sandbox", true).containsEntry("status", "scheduled");

        var publication = waited.ids("publications").getFirst();
        worker.publish(publication, SimulatedWorker.published(publication));
        var again = create(wish, "Idempotency-Key", "waits");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).containsEntry("sandbox", true).containsEntry("status", "published");
    }

    @Test
    void theCallerActsOnItAndOnItsPublications() throws InterruptedException {
        var account = liveAccount("acts");
        var post = simulated(account, "retried", "\"now\"");
        var publication = post.ids("publications").getFirst();
        worker.publish(publication, REJECTED);

        var retried = live("POST", path(post) + "/retry", "{\"targets\":[\"%s\"]}".formatted(account));
        assertThat(retried.json()).containsEntry("status", "scheduled");

        worker.publish(publication, UNCONFIRMED);
        var resolved = live("POST", act(publication, "resolve"), """
                {"outcome": "published", "platform_post_id": "9"}
                """);
        assertThat(resolved.json()).containsEntry("status", "published").containsEntry("account_id", account);

        var deletion = worker.runsNext(
                command -> api.carillon().bean(DeletionRecords.class).record(command, new Deletion.Deleted()));
        var deleted = live("POST", act(publication, "delete"), "");
        deletion.join();
        assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
        assertThat(deleted.string("deleted_at")).startsWith("20");
        live("POST", act(publication, "reconcile"), "").refused(409, "nothing_to_reconcile");
        live("POST", path(post) + "/reschedule", "{\"publish\":\"now\"}").refused(409, "nothing_to_reschedule");
    }

    @Test
    void theCallerCancelsIt() {
        var post = simulated(liveAccount("cancels"), "hello", inAnHour());
        var other = simulated(liveAccount("cancels one"), "hello", inAnHour());

        assertThat(live("POST", path(post) + "/cancel", "").json())
                .containsEntry("status", "canceled")
                .containsEntry("sandbox", true);
        assertThat(live("POST", act(other.ids("publications").getFirst(), "cancel"), "")
                        .json())
                .containsEntry("status", "canceled");
    }

    @Test
    void liveListsDoNotShowItUnlessTheyAreAsked() {
        var account = liveAccount("lists");
        var post = simulated(account, "hello", "\"draft\"").string("id");
        var real = live(
                        "POST",
                        "/v1/posts",
                        ApiServer.postBody(liveAccount(Platform.BLUESKY, "lists"), "hello", "\"draft\""))
                .string("id");
        var plain = api.post("/v1/posts", ApiServer.postBody(api.account("lists"), "hello", "\"draft\""))
                .string("id");

        assertThat(listed(api.liveKey(), "")).contains(real).doesNotContain(post, plain);
        assertThat(listed(api.liveKey(), "&sandbox=false")).contains(real).doesNotContain(post, plain);
        assertThat(listed(api.liveKey(), "&sandbox=true")).contains(post).doesNotContain(real, plain);
        assertThat(listed(api.liveKey(), "&sandbox=true&status=canceled")).doesNotContain(post);
        assertThat(listed(api.testKey(), "")).contains(post, plain).doesNotContain(real);
        assertThat(listed(api.testKey(), "&sandbox=true")).contains(post).doesNotContain(real, plain);
        assertThat(listed(api.testKey(), "&sandbox=false")).contains(plain).doesNotContain(real, post);
        assertThat(live("GET", "/v1/posts?sandbox=maybe", null)
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("sandbox");
    }

    // Otherwise a live key could see and change everything in test mode.
    @Test
    void nothingElseOfTestModeIsThereForALiveKey() {
        var account = api.account("plain");
        var post = api.post("/v1/posts", ApiServer.postBody(account, "hello", "\"now\""));
        var publication = post.ids("publications").getFirst();
        var sandboxAccount = sandboxAccount(simulated(liveAccount("hides"), "hello", "\"draft\""));

        live("GET", path(post), null).refused(404, "not_found");
        live("GET", path(post) + "/timeline", null).refused(404, "not_found");
        live("POST", path(post) + "/cancel", "").refused(404, "not_found");
        live("POST", path(post) + "/retry", "").refused(404, "not_found");
        live("POST", path(post) + "/reschedule", "{\"publish\":\"now\"}").refused(404, "not_found");
        live("GET", "/v1/publications/" + publication, null).refused(404, "not_found");
        live("GET", "/v1/publications/" + publication + "/attempts", null).refused(404, "not_found");
        for (var act : List.of("cancel", "reconcile", "delete")) {
            live("POST", act(publication, act), "").refused(404, "not_found");
        }
        live("POST", act(publication, "resolve"), "{\"outcome\":\"published\"}").refused(404, "not_found");
        live("GET", "/v1/accounts/" + account, null).refused(404, "not_found");
        live("GET", "/v1/accounts/" + sandboxAccount, null).refused(404, "not_found");
        create(body(account, "hello", "\"draft\"")).refused(404, "not_found");
        create(body(sandboxAccount, "hello", "\"draft\"")).refused(404, "not_found");
        live("GET", "/v1/sandbox/posts", null).refused(422, "mode_mismatch");
    }

    @Test
    void anotherWorkspacesKeysAreToldNothing() {
        var account = liveAccount("fenced");
        var post = simulated(account, "hello", "\"now\"");
        var publication = post.ids("publications").getFirst();
        var elsewhere = api.carillon().newWorkspace();

        for (var mode : Mode.values()) {
            var stranger = ApiServer.secretOf(api.carillon().newKey(elsewhere, mode));
            with(stranger, "GET", path(post), null).refused(404, "not_found");
            with(stranger, "GET", path(post) + "/timeline", null).refused(404, "not_found");
            with(stranger, "POST", path(post) + "/cancel", "").refused(404, "not_found");
            with(stranger, "GET", "/v1/publications/" + publication, null).refused(404, "not_found");
            with(stranger, "POST", act(publication, "delete"), "").refused(404, "not_found");
            assertThat(with(stranger, "POST", "/v1/posts", body(account, "hello", "\"draft\""))
                            .refused(404, "not_found")
                            .string("param"))
                    .isEqualTo("/targets/0/account_id");
            assertThat(listed(stranger, "&sandbox=true")).isEmpty();
        }
    }

    @Test
    void aRepetitionWithTheLiveKeyGetsTheFirstReply() {
        var wish = body(liveAccount("repeats"), "hello", "\"now\"");
        var first = create(wish, "Idempotency-Key", "played");

        var repeated = create(wish, "Idempotency-Key", "played");

        assertThat(repeated.text()).isEqualTo(first.text());
        assertThat(repeated.header("Idempotent-Replayed")).contains("true");
        create(wish.replace("true", "false"), "Idempotency-Key", "played").refused(422, "idempotency_key_reused");
        assertThat(api.post(
                                "/v1/posts",
                                ApiServer.postBody(api.account("repeats"), "hello", "\"now\""),
                                "Idempotency-Key",
                                "played")
                        .header("Idempotent-Replayed"))
                .as("the idempotency key belongs to live mode")
                .isEmpty();
    }

    // You can publish a text after you simulated it, and a second simulation of it is refused as a duplicate.
    @Test
    void theSameContentIsADuplicateOfWhatWasSimulatedAndNeverOfWhatIsLive() {
        var account = liveAccount(Platform.BLUESKY, "says it twice");
        var real = live("POST", "/v1/posts", ApiServer.postBody(account, "hello", inAnHour()));
        assertThat(real.status()).as(real.text()).isEqualTo(201);

        var first = simulated(account, "hello", inAnHour());
        var refused = create(body(account, "hello", inAnHour())).refused(409, "duplicate_content");

        assertThat(refused.json().get("duplicate_of")).asInstanceOf(MAP).containsEntry("post_id", first.string("id"));
        assertThat(refused.string("errors")).contains("Account " + account);
        live("POST", "/v1/posts", ApiServer.postBody(account, "hello", inAnHour()))
                .refused(409, "duplicate_content");
    }

    @Test
    void anAccountHasOneSandboxAccountThatIsNoneOfTheWorkspacesOwn() {
        var own = api.post("/v1/accounts", "{\"platform\":\"x\",\"username\":\"namesake\"}")
                .string("id");
        var account = liveAccount("namesake");

        var first = sandboxAccount(simulated(account, "one", "\"draft\""));
        var second = sandboxAccount(simulated(account, "two", "\"draft\""));

        assertThat(second).isEqualTo(first).isNotIn(own, account);
        assertThat(api.get("/v1/accounts/" + first).json())
                .containsEntry("username", "namesake")
                .containsEntry("platform", "x")
                .containsEntry("external_id", "stands in for\t" + account)
                .containsEntry("livemode", false);
        assertThat(api.post("/v1/accounts", "{\"platform\":\"x\",\"username\":\"namesake\"}")
                        .string("id"))
                .isEqualTo(own);
    }

    @Test
    void aDisconnectedLiveAccountIsRefusedAndADisconnectedSandboxAccountIsBackWithTheNextPost() {
        var account = liveAccount("comes back");
        var waiting = simulated(account, "one", inAnHour());
        api.delete("/v1/accounts/" + sandboxAccount(waiting));
        assertThat(live("GET", path(waiting), null).text()).contains("account_disconnected");

        simulated(account, "two", "\"draft\"");
        assertThat(live("GET", path(waiting), null).json()).containsEntry("status", "scheduled");

        with(api.liveKey(), "DELETE", "/v1/accounts/" + account, null);
        create(body(account, "three", "\"draft\"")).refused(409, "account_disconnected");
    }

    @Test
    void itsEventsAreOnesOfTestMode() {
        var post = simulated(liveAccount("tells"), "hello", "\"draft\"");
        var query = "/v1/events?object_id=" + post.string("id");

        assertThat(api.get(query).text()).contains("post.created").contains(sandboxAccount(post));
        assertThat(live("GET", query, null).ids("data")).isEmpty();
    }

    @Test
    void aTestKeysPostIsSimulatedAnyway() {
        var body = ApiServer.postBody(api.account("anyway"), "hello", "\"draft\"");

        var created = api.post("/v1/posts", body.replace("{\"text\"", "{\"sandbox\":true,\"text\""));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json()).containsEntry("livemode", false).containsEntry("sandbox", false);
        live("GET", path(created), null).refused(404, "not_found");
        assertThat(api.post("/v1/posts", body.replace("{\"text\"", "{\"sandbox\":\"yes\",\"text\""))
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/sandbox");
    }

    private static String liveAccount(String username) {
        return liveAccount(Platform.X, username);
    }

    /** Connects a live account. */
    private static String liveAccount(Platform platform, String username) {
        Actor actor = api.carillon().live();
        var identity = new Identity("id of " + username, username, null, null, "an app");
        return api.carillon()
                .bean(AccountService.class)
                .connect(actor, new NewAccount(platform, identity, Credentials.NONE, Map.of()))
                .id()
                .toString();
    }

    private static String body(String account, String text, String publish) {
        return ApiServer.postBody(account, text, publish).replace("{\"text\"", "{\"sandbox\":true,\"text\"");
    }

    private static Reply create(String body, String... headers) {
        var request = ApiServer.withKey(api.request("POST", "/v1/posts", body), api.liveKey());
        return api.exchange(headers.length == 0 ? request : request.headers(headers));
    }

    private static Reply simulated(String account, String text, String publish) {
        var created = create(body(account, text, publish));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created;
    }

    private static Reply live(String method, String path, @Nullable String body) {
        return with(api.liveKey(), method, path, body);
    }

    private static Reply with(String key, String method, String path, @Nullable String body) {
        return api.exchange(ApiServer.withKey(api.request(method, path, body), key));
    }

    private static String path(Reply post) {
        return "/v1/posts/" + post.string("id");
    }

    private static String act(String publication, String act) {
        return "/v1/publications/" + publication + "/" + act;
    }

    private static String inAnHour() {
        return "{\"at\":\"%s\"}".formatted(Instant.now().plusSeconds(3600));
    }

    private static List<String> listed(String key, String query) {
        return with(key, "GET", "/v1/posts?limit=100" + query, null).ids("data");
    }

    /** The sandbox account that a test key sees in place of the live account. */
    private static String sandboxAccount(Reply post) {
        return values(api.get(path(post)), "publications", "account_id").getFirst();
    }

    private static List<String> values(Reply reply, String list, String field) {
        return reply.json().get(list) instanceof List<?> entries
                ? entries.stream()
                        .map(entry -> String.valueOf(((Map<?, ?>) entry).get(field)))
                        .toList()
                : List.of();
    }
}
