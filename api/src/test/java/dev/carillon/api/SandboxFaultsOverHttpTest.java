package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.connectors.sandbox.SandboxConnector;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.Published;
import dev.carillon.core.platform.PublishOutcome.Rejected;
import dev.carillon.core.platform.PublishRequest;
import dev.carillon.sandbox.SandboxConfig;
import dev.carillon.sandbox.SandboxServer;
import dev.carillon.testkit.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sandbox faults and the posts that the sandbox accepted, over HTTP. */
class SandboxFaultsOverHttpTest {
    private static final String FAULTS = "/v1/sandbox/faults";
    private static final String POSTS = "/v1/sandbox/posts";
    private static final String SECRET = "a secret of the sandbox";

    private static TestDatabase database;
    private static SandboxServer sandbox;
    private static ApiServer api;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        var store = new SandboxConfig.Store(database.jdbcUrl(), database.sandboxUser(), database.sandboxPassword(), 2);
        sandbox = SandboxServer.start(new SandboxConfig(0, null, store, SECRET, Clock.systemUTC()));
        api = ApiServer.start(Map.of(
                "carillon.sandbox.url", sandbox.url().toString(),
                "carillon.sandbox.secret", SECRET,
                "carillon.outbound.sandbox", sandbox.url().getAuthority()));
    }

    @AfterAll
    static void stop() {
        api.close();
        sandbox.close();
        database.close();
    }

    @Test
    void aFaultIsMadeShownListedAndTakenBack() {
        var made = api.post(FAULTS, "{\"kind\":\"rate_limited\",\"count\":3,\"probability\":0.5,\"seed\":7}");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.string("id")).startsWith("flt_");
        assertThat(made.json())
                .containsEntry("object", "sandbox_fault")
                .containsEntry("kind", "rate_limited")
                .containsEntry("remaining", 3)
                .containsEntry("hits", 0)
                .containsEntry("probability", 0.5)
                .containsEntry("seed", 7)
                .containsEntry("seconds", 10)
                .containsEntry("livemode", false);
        var path = FAULTS + "/" + made.string("id");
        assertThat(api.get(path).text()).isEqualTo(made.text());
        assertThat(api.get(FAULTS).ids("data")).contains(made.string("id"));

        assertThat(api.delete(path).text()).isEqualTo(made.text());

        api.get(path).refused(404, "not_found");
        api.delete(path).refused(404, "not_found");
    }

    @Test
    void aFaultStrikesTheAccountThatItNamesOnceAndIsUsedUp() {
        var account = api.account("struck");
        var fault = fault(account, "content_rejected");

        assertThat(publish(account, "refused")).isInstanceOf(Rejected.class);
        assertThat(publish(account, "taken")).isInstanceOf(Published.class);

        assertThat(api.get(FAULTS + "/" + fault).json())
                .containsEntry("hits", 1)
                .containsEntry("remaining", 0);
    }

    @Test
    void listsComeInParts() {
        var older = fault(null, "vanishes");
        var newer = fault(null, "vanishes");

        var first = api.get(FAULTS + "?limit=1");

        assertThat(first.ids("data")).containsExactly(newer);
        assertThat(api.get(FAULTS + "?limit=1&cursor=" + first.string("next_cursor"))
                        .ids("data"))
                .containsExactly(older);
        api.get(FAULTS + "?cursor=nonsense").refused(400, "invalid_cursor");
        api.delete(FAULTS + "/" + older);
        api.delete(FAULTS + "/" + newer);
    }

    @Test
    void theSameIdempotencyKeyMakesOneFault() {
        var body = "{\"kind\":\"hang\",\"count\":2}";

        var first = api.post(FAULTS, body, "Idempotency-Key", "one fault");
        var again = api.post(FAULTS, body, "Idempotency-Key", "one fault");

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotent-Replayed")).contains("true");
        api.delete(FAULTS + "/" + first.string("id"));
    }

    // Otherwise one tenant could see or end another tenant's faults.
    @Test
    void anotherWorkspaceSeesNeitherFaultsNorPosts() {
        var account = api.account("private");
        var fault = fault(account, "duplicate");
        publish(account, "refused");
        publish(account, "a text of ours");
        var stranger = keyOfAnotherWorkspace();

        as(stranger, "GET", FAULTS + "/" + fault, null).refused(404, "not_found");
        as(stranger, "DELETE", FAULTS + "/" + fault, null).refused(404, "not_found");
        assertThat(as(stranger, "GET", FAULTS, null).json()).containsEntry("data", List.of());
        assertThat(as(stranger, "GET", POSTS, null).json()).containsEntry("total", 0);
        as(stranger, "GET", POSTS + "?account_id=" + account, null).refused(404, "not_found");
        as(stranger, "POST", FAULTS, "{\"kind\":\"hang\",\"account_id\":\"%s\"}".formatted(account))
                .refused(404, "not_found");
    }

    @Test
    void postsOfAllAccountsAreListedTogetherAndOfOneAlone() {
        var one = api.account("lists one");
        var two = api.account("lists two");
        publish(one, "from the first");
        publish(two, "from the second");

        var all = api.get(POSTS + "?limit=1");

        assertThat(all.text()).contains("from the second", two).doesNotContain("from the first");
        assertThat(api.get(POSTS + "?limit=1&cursor=" + all.string("next_cursor"))
                        .text())
                .contains("from the first", one);
        assertThat(api.get(POSTS + "?account_id=" + one).json()).containsEntry("total", 1);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/sandbox/faults",
        "POST, /v1/sandbox/faults",
        "GET, /v1/sandbox/faults/flt_1",
        "DELETE, /v1/sandbox/faults/flt_1",
        "GET, /v1/sandbox/posts"
    })
    void aLiveKeyIsToldToUseATestKey(String method, String path) {
        var refused = as(api.liveKey(), method, path, method.equals("POST") ? "{\"kind\":\"hang\"}" : null);

        assertThat(refused.refused(422, "mode_mismatch").string("detail")).contains("use a test key");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/sandbox/faults, posts.read",
        "POST, /v1/sandbox/faults, sandbox.write",
        "GET, /v1/sandbox/faults/flt_1, posts.read",
        "DELETE, /v1/sandbox/faults/flt_1, sandbox.write",
        "GET, /v1/sandbox/posts, posts.read"
    })
    void aKeyWithoutTheScopeIsToldWhichOneItLacks(String method, String path, String scope) {
        var carillon = api.carillon();
        var all = EnumSet.allOf(Scope.class);
        all.remove(Scope.named(scope).orElseThrow());
        var key = carillon.bean(ApiKeyAuthenticator.class)
                .create(carillon.test().workspace(), Mode.TEST, "lacks a scope", all);

        var refused = as(ApiServer.secretOf(key), method, path, method.equals("POST") ? "{\"kind\":\"hang\"}" : null);

        assertThat(refused.refused(403, "scope_missing").json()).containsEntry("param", scope);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                            | /kind        | required
            {"kind":"nonsense"}                           | /kind        | reply_lost_after_accept
            {"kind":"hang","count":0}                     | /count       | between 1 and 1000000
            {"kind":"hang","probability":1.5}             | /probability | between 0 and 1
            {"kind":"hang","seed":-1}                     | /seed        | between 0 and 2147483647
            {"kind":"hang","seconds":121}                 | /seconds     | 1 to 120
            {"kind":"duplicate","seconds":5}              | /seconds     | takes no time
            {"kind":"hang","account_id":"nonsense"}       | /account_id  | acct_
            """)
    void whatIsWrongIsNamedWithItsLimit(String body, String param, String detail) {
        var refused = api.post(FAULTS, body).refused(422, "invalid_parameter");

        assertThat(refused.json()).containsEntry("param", param);
        assertThat(refused.string("detail")).contains(detail);
    }

    @Test
    void aFieldThatDoesNotExistIsRefusedWithTheOneThatWasMeant() {
        assertThat(api.post(FAULTS, "{\"kind\":\"hang\",\"acount_id\":\"acct_1\"}")
                        .refused(422, "unknown_parameter")
                        .string("detail"))
                .contains("account_id");
    }

    private static String fault(@Nullable String account, String kind) {
        var body = account == null
                ? "{\"kind\":\"%s\"}".formatted(kind)
                : "{\"kind\":\"%s\",\"account_id\":\"%s\"}".formatted(kind, account);
        var made = api.post(FAULTS, body);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.string("id");
    }

    private static Reply as(String key, String method, String path, @Nullable String body) {
        return api.exchange(ApiServer.withKey(api.request(method, path, body), key));
    }

    private static String keyOfAnotherWorkspace() {
        var carillon = api.carillon();
        return ApiServer.secretOf(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
    }

    private static PublishOutcome publish(String account, String text) {
        var carillon = api.carillon();
        var connected = carillon.bean(AccountService.class)
                .get(carillon.test(), AccountId.KIND.read(account).orElseThrow())
                .connected();
        return carillon.bean(SandboxConnector.class)
                .publish(new PublishRequest(
                        carillon.bean(Ids.class).next(PublicationId.KIND),
                        connected,
                        text,
                        Map.of(),
                        null,
                        Checkpoint.NONE,
                        checkpoint -> {},
                        Deadline.in(Duration.ofSeconds(5))));
    }
}
