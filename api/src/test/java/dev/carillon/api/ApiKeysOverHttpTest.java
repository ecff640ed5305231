package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** API keys and agents over HTTP. */
class ApiKeysOverHttpTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private static ApiServer api;
    private static SimulatedWorker database;

    @BeforeAll
    static void start() {
        api = ApiServer.start(Map.of("carillon.trusted-proxies", List.of("127.0.0.0/8", "::1/128")));
        database = new SimulatedWorker(api.carillon());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aSecretIsShownOnceAndLetsInByEitherHeader() {
        var made = make("\"name\": \"once\", \"scopes\": [\"posts.read\"], \"metadata\": {\"team\": \"web\"}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json())
                .containsEntry("object", "api_key")
                .containsEntry("mode", "test")
                .containsEntry("scopes", List.of("posts.read"))
                .containsEntry("status", "active")
                .containsEntry("agent_id", null)
                .containsEntry("allowed_addresses", List.of())
                .containsEntry("created_by", api.carillon().testKey().id().toString())
                .containsEntry("metadata", Map.of("team", "web"));
        var secret = made.string("secret");
        assertThat(secret).startsWith("crl_test_").endsWith(made.string("last_four"));
        assertThat(api.get("/v1/me", secret).json())
                .containsEntry("id", made.string("id"))
                .containsEntry("scopes", List.of("posts.read"));
        assertThat(api.exchange(api.request("GET", "/v1/me", null)
                                .setHeader("Authorization", "Bearer " + secret)
                                .header("x-api-key", secret))
                        .status())
                .isEqualTo(200);
        assertThat(api.get("/v1/api_keys/" + made.string("id")).json()).containsEntry("secret", null);
        assertThat(api.get("/v1/api_keys").text()).contains(made.string("id")).doesNotContain(secret);
        assertThat(database.number("SELECT count(*) FROM api_key WHERE api_key::text LIKE '%%%s%%'".formatted(secret)))
                .isZero();
    }

    @Test
    void aRepetitionWithOneIdempotencyKeyIsOneKeyWithItsSecret() {
        var body = "{\"name\": \"twice\", \"scopes\": [\"posts.read\"]}";

        var first = api.post("/v1/api_keys", body, "Idempotency-Key", "one key");
        var again = api.post("/v1/api_keys", body, "Idempotency-Key", "one key");

        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("Idempotent-Replayed")).contains("true");
    }

    // Without this, a read-only key could create a key with every scope.
    @Test
    void noKeyMakesAStrongerOne() {
        var weak = make("\"name\": \"weak\", \"scopes\": [\"posts.read\", \"api_keys.write\"], \"expires_at\": \""
                        + Instant.now().plusSeconds(3600)
                        + "\", \"allowed_addresses\": [\"127.0.0.0/8\", \"10.0.0.0/8\"]")
                .string("secret");

        assertThat(makeWith(weak, "\"name\": \"more\", \"scopes\": [\"posts.read\", \"posts.publish\"]")
                        .refused(403, "scope_missing")
                        .json())
                .containsEntry("param", "/scopes")
                .hasEntrySatisfying(
                        "detail", detail -> assertThat(detail.toString()).contains("posts.publish"));
        assertThat(makeWith(
                                weak,
                                "\"name\": \"longer\", \"scopes\": [\"posts.read\"], \"expires_at\": \""
                                        + Instant.now().plusSeconds(7200) + "\"")
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/expires_at");
        assertThat(makeWith(
                                weak,
                                "\"name\": \"wider\", \"scopes\": [\"posts.read\"], \"allowed_addresses\": [\"0.0.0.0/0\"]")
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/allowed_addresses");
        makeWith(weak, "\"name\": \"live\", \"scopes\": [\"posts.read\"], \"mode\": \"live\"")
                .refused(422, "mode_mismatch");

        var child = makeWith(
                weak, "\"name\": \"child\", \"scopes\": [\"posts.read\"], \"allowed_addresses\": [\"127.0.0.1\"]");
        assertThat(child.status()).isEqualTo(201);
        assertThat(child.json().get("expires_at"))
                .as("expires no later than the key that created it")
                .isNotNull();
        assertThat(child.json()).containsEntry("allowed_addresses", List.of("127.0.0.1/32"));
        assertThat(makeWith(weak, "\"name\": \"heir\", \"scopes\": [\"posts.read\"]")
                        .json())
                .as("inherits what the request omits")
                .containsEntry("allowed_addresses", List.of("127.0.0.0/8", "10.0.0.0/8"));
    }

    // A rotation returns the new secret.
    @Test
    void noKeyComesToAStrongerOneByRotatingIt() {
        var strong = make("\"name\": \"strong\", \"scopes\": [\"posts.read\", \"posts.publish\"]")
                .string("id");
        var unbound =
                make("\"name\": \"unbound\", \"scopes\": [\"api_keys.write\"]").string("id");
        var weak = make("\"name\": \"weak\", \"scopes\": [\"posts.read\", \"api_keys.write\"]")
                .string("secret");
        var bound =
                make("\"name\": \"bound\", \"scopes\": [\"api_keys.write\"], \"allowed_addresses\": [\"127.0.0.1\", \"::1\"]")
                        .string("secret");

        rotateWith(weak, strong, "").refused(403, "scope_missing");
        rotateWith(bound, unbound, "").refused(403, "scope_missing");
    }

    @Test
    void aRotatedKeyKeepsAllButItsSecretAndTheOldOneEndsInTime() {
        var made = make(
                "\"name\": \"turning\", \"scopes\": [\"posts.read\"], \"allowed_addresses\": [\"127.0.0.1\", \"::1\"]");
        var old = made.string("secret");

        var rotated = api.post("/v1/api_keys/" + made.string("id") + "/rotate", "{\"expires_previous_in\": 3600}");

        assertThat(rotated.status()).isEqualTo(200);
        assertThat(rotated.string("secret")).startsWith("crl_test_").isNotEqualTo(old);
        assertThat(rotated.json())
                .containsEntry("id", made.string("id"))
                .containsEntry("name", "turning")
                .containsEntry("scopes", List.of("posts.read"))
                .containsEntry("allowed_addresses", made.json().get("allowed_addresses"));
        assertThat(Instant.parse(rotated.string("expires_previous_at")))
                .isBetween(Instant.now().plusSeconds(3500), Instant.now().plusSeconds(3700));
        assertThat(api.get("/v1/me", old).status()).isEqualTo(200);
        assertThat(api.get("/v1/me", rotated.string("secret")).status()).isEqualTo(200);

        var again = api.post("/v1/api_keys/" + made.string("id") + "/rotate", "{\"expires_previous_in\": 0}");

        await().atMost(SOON)
                .untilAsserted(() -> api.get("/v1/me", rotated.string("secret")).refused(401, "api_key_rotated"));
        assertThat(api.get("/v1/me", again.string("secret")).status()).isEqualTo(200);
        assertThat(api.get("/v1/me", old).status()).as("valid for its hour").isEqualTo(200);
    }

    @Test
    void theOldSecretOfAnExpiringKeyLivesNoLongerThanTheKey() {
        var end = Instant.now().plusSeconds(600);
        var made = make("\"name\": \"ending\", \"scopes\": [\"posts.read\"], \"expires_at\": \"" + end + "\"");

        var rotated = api.post("/v1/api_keys/" + made.string("id") + "/rotate", "");

        assertThat(rotated.json())
                .containsEntry("expires_at", made.string("expires_at"))
                .containsEntry("expires_previous_at", made.string("expires_at"));
    }

    @Test
    void aRevokedKeyIsRefusedWithinASecondAndTellsSo() {
        var made = make("\"name\": \"leaked\", \"scopes\": [\"posts.read\"]");
        assertThat(api.get("/v1/me", made.string("secret")).status()).isEqualTo(200);

        var revoked = api.delete("/v1/api_keys/" + made.string("id"));

        assertThat(revoked.json()).containsEntry("status", "revoked");
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> api.get("/v1/me", made.string("secret")).refused(401, "api_key_revoked"));
        assertThat(api.delete("/v1/api_keys/" + made.string("id")).json()).isEqualTo(revoked.json());
        api.post("/v1/api_keys/" + made.string("id") + "/rotate", "").refused(401, "api_key_revoked");
        assertThat(api.get("/v1/events?type=api_key.revoked").text()).contains(made.string("id"));
        assertThat(api.get("/v1/events?type=api_key.created").text())
                .contains(made.string("id"))
                .doesNotContain(made.string("secret"));
    }

    @Test
    void aKeyCannotRevokeItself() {
        api.delete("/v1/api_keys/" + api.carillon().testKey().id()).refused(409, "cannot_revoke_current_key");
    }

    @Test
    void anExpiredKeyIsRefused() {
        var made = make("\"name\": \"brief\", \"scopes\": [\"posts.read\"], \"expires_at\": \""
                + Instant.now().plusMillis(1500) + "\"");

        await().atMost(SOON)
                .untilAsserted(() -> api.get("/v1/me", made.string("secret")).refused(401, "api_key_expired"));
        assertThat(api.get("/v1/api_keys/" + made.string("id")).json()).containsEntry("status", "expired");
    }

    @Test
    void aKeyIsUsedFromItsAddressesOnly() {
        var secret =
                make("\"name\": \"office\", \"scopes\": [\"posts.read\"], \"allowed_addresses\": [\"203.0.113.0/24\"]")
                        .string("secret");

        assertThat(api.get("/v1/me", secret)
                        .refused(403, "caller_address_not_allowed")
                        .string("detail"))
                .contains("127.0.0.1");
        assertThat(from("203.0.113.9", secret).status()).isEqualTo(200);
        assertThat(from("198.51.100.1, 203.0.113.9", secret).status())
                .as("the last address that is not a proxy counts")
                .isEqualTo(200);
        from("203.0.113.9, 198.51.100.1", secret).refused(403, "caller_address_not_allowed");
        from("203.0.113.9, nonsense", secret).refused(403, "caller_address_not_allowed");
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        assertThat(make("\"scopes\": [\"posts.read\"]")
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/name");
        assertThat(make("\"name\": \"none\", \"scopes\": []")
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/scopes");
        assertThat(make("\"name\": \"odd\", \"scopes\": [\"posts.read\", \"posts.eat\"]")
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/scopes/1");
        assertThat(make("\"name\": \"odd\", \"scopes\": [\"posts.read\"], \"allowed_addresses\": [\"10.0.0.1/8\"]")
                        .refused(422, "invalid_parameter")
                        .string("detail"))
                .isEqualTo(
                        "10.0.0.1/8 has bits set after its first 8; send a value such as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32.");
        assertThat(make("\"name\": \"odd\", \"scopes\": [\"posts.read\"], \"allowed_addresses\": [\"example.org\"]")
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/allowed_addresses");
        assertThat(make("\"name\": \"late\", \"scopes\": [\"posts.read\"], \"expires_at\": \"2020-01-01T00:00:00Z\"")
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/expires_at");
        make("\"name\": \"odd\", \"scopes\": [\"posts.read\"], \"agent_id\": \"agt_00000000000000000000000000\"")
                .refused(404, "not_found");
        assertThat(make("\"name\": \"odd\", \"scope\": \"posts.read\"")
                        .refused(422, "unknown_parameter")
                        .string("detail"))
                .contains("scopes");
    }

    @Test
    void anotherWorkspacesAndTheOtherModesKeysAreNotThere() {
        var carillon = api.carillon();
        var foreign = carillon.newKey(carillon.newWorkspace(), Mode.TEST).id();
        var live = carillon.liveKey().id();

        for (var id : List.of(foreign, live)) {
            api.get("/v1/api_keys/" + id).refused(404, "not_found");
            api.delete("/v1/api_keys/" + id).refused(404, "not_found");
            api.post("/v1/api_keys/" + id + "/rotate", "").refused(404, "not_found");
        }
        assertThat(api.get("/v1/api_keys?limit=100").ids("data"))
                .doesNotContain(foreign.toString(), live.toString())
                .contains(carillon.testKey().id().toString());
    }

    @Test
    void anAgentIsStoppedWithAllOfItsKeysAtOnce() {
        var agent = api.post("/v1/agents", "{\"name\": \"poster\", \"owner\": \"web team\"}");
        assertThat(agent.status()).isEqualTo(201);
        assertThat(agent.json())
                .containsEntry("object", "agent")
                .containsEntry("status", "enabled")
                .containsEntry("owner", "web team")
                .containsEntry("key_count", 0)
                .containsEntry("last_active_at", null);
        var id = agent.string("id");
        var scopes = "\"scopes\": [\"posts.read\", \"posts.draft\", \"accounts.read\", \"api_keys.write\"]";
        var key = make("\"name\": \"its key\", \"agent_id\": \"" + id + "\", " + scopes)
                .string("secret");
        var other = make("\"name\": \"its other key\", \"agent_id\": \"" + id + "\", " + scopes)
                .string("secret");

        var account = api.account("of the agent");
        var post = api.exchange(ApiServer.withKey(
                api.request("POST", "/v1/posts", ApiServer.postBody(account, "by an agent", "\"draft\"")), key));
        assertThat(post.status()).as(post.text()).isEqualTo(201);
        assertThat(post.json().get("actor"))
                .isInstanceOfSatisfying(
                        Map.class, actor -> assertThat(actor.get("agent_id")).isEqualTo(id));
        assertThat(api.get("/v1/me", key).json()).containsEntry("agent_id", id);
        assertThat(api.get("/v1/posts/" + post.string("id")).json().get("actor"))
                .isEqualTo(post.json().get("actor"));
        assertThat(makeWith(key, "\"name\": \"grandchild\", \"scopes\": [\"posts.read\"]")
                        .json())
                .as("a key created with an agent's key belongs to the agent")
                .containsEntry("agent_id", id);
        assertThat(api.get("/v1/agents/" + id).json())
                .containsEntry("key_count", 3)
                .hasEntrySatisfying("last_active_at", at -> assertThat(at).isNotNull());
        assertThat(api.get("/v1/api_keys?agent_id=" + id).ids("data")).hasSize(3);

        var stopped = api.post("/v1/agents/" + id + "/disable", "");

        assertThat(stopped.json()).containsEntry("status", "disabled");
        for (var secret : List.of(key, other)) {
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> api.get("/v1/me", secret).refused(403, "agent_disabled"));
        }
        make("\"name\": \"late\", \"scopes\": [\"posts.read\"], \"agent_id\": \"" + id + "\"")
                .refused(403, "agent_disabled");
        assertThat(api.post("/v1/agents/" + id + "/disable", "").json()).isEqualTo(stopped.json());

        api.post("/v1/agents/" + id + "/enable", "");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(api.get("/v1/me", key).status()).isEqualTo(200));
    }

    @Test
    void anAgentIsRenamedAndSeenByItsWorkspaceOnly() {
        var id = api.post("/v1/agents", "{\"name\": \"old\", \"owner\": \"me\", \"metadata\": {\"a\": \"b\"}}")
                .string("id");

        var changed = api.exchange(api.request("PATCH", "/v1/agents/" + id, "{\"name\": \"new\", \"owner\": \"\"}"));

        assertThat(changed.json())
                .containsEntry("name", "new")
                .containsEntry("owner", null)
                .containsEntry("metadata", Map.of("a", "b"));
        assertThat(api.get("/v1/agents/" + id, api.liveKey()).json())
                .as("an agent exists in both modes")
                .containsEntry("name", "new");
        assertThat(api.get("/v1/agents").ids("data")).contains(id);
        var carillon = api.carillon();
        var stranger = ApiServer.secretOf(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
        api.get("/v1/agents/" + id, stranger).refused(404, "not_found");
        var reader = ApiServer.secretOf(carillon.bean(ApiKeyAuthenticator.class)
                .create(carillon.test().workspace(), Mode.TEST, "reader", EnumSet.of(Scope.POSTS_READ)));
        assertThat(api.get("/v1/agents/" + id, reader)
                        .refused(403, "scope_missing")
                        .string("param"))
                .isEqualTo("agents.write");
    }

    private static Reply make(String fields) {
        return api.post("/v1/api_keys", "{" + fields + "}");
    }

    private static Reply makeWith(String secret, String fields) {
        return api.exchange(ApiServer.withKey(api.request("POST", "/v1/api_keys", "{" + fields + "}"), secret));
    }

    private static Reply rotateWith(String secret, String key, String body) {
        return api.exchange(ApiServer.withKey(api.request("POST", "/v1/api_keys/" + key + "/rotate", body), secret));
    }

    private static Reply from(String forwarded, String secret) {
        return api.exchange(
                ApiServer.withKey(api.request("GET", "/v1/me", null), secret).header("X-Forwarded-For", forwarded));
    }
}
