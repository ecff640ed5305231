package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.ApiKeyId;
import dev.carillon.core.kernel.EventId;
import dev.carillon.core.kernel.FaultId;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.IdKind;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.SessionId;
import dev.carillon.core.kernel.TestClockId;
import dev.carillon.core.kernel.WebhookDeliveryId;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WebhookReplayId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.testing.Hooked;
import dev.carillon.sandbox.SandboxConfig;
import dev.carillon.sandbox.SandboxServer;
import dev.carillon.testkit.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API with a sandbox platform, its routes from the OpenAPI document, and objects of three tenants. */
final class Walk implements AutoCloseable {
    private static final String SECRET = "a secret of the sandbox";

    /** The kind of id that a path expects, by the word before the id. */
    private static final Map<String, IdKind<? extends Id>> KINDS = Map.ofEntries(
            Map.entry("accounts", AccountId.KIND),
            Map.entry("account_groups", AccountGroupId.KIND),
            Map.entry("agents", AgentId.KIND),
            Map.entry("api_keys", ApiKeyId.KIND),
            Map.entry("events", EventId.KIND),
            Map.entry("posts", PostId.KIND),
            Map.entry("publications", PublicationId.KIND),
            Map.entry("webhook_endpoints", WebhookEndpointId.KIND),
            Map.entry("webhook_deliveries", WebhookDeliveryId.KIND),
            Map.entry("webhook_replays", WebhookReplayId.KIND),
            Map.entry("faults", FaultId.KIND),
            Map.entry("test_clocks", TestClockId.KIND),
            Map.entry("workspaces", WorkspaceId.KIND),
            Map.entry("sessions", SessionId.KIND));

    /** Kinds of objects of which an account-bound key sees only some. */
    static final List<String> BOUNDED = List.of("accounts", "account_groups", "api_keys", "posts", "publications");

    private static final String BOUND_SCOPES =
            "[\"posts.read\",\"posts.draft\",\"posts.schedule\",\"posts.publish\",\"accounts.read\",\"accounts.write\",\"api_keys.write\"]";

    private final TestDatabase database = TestDatabase.fresh();
    private final SandboxServer sandbox;
    private final ApiServer api;
    private final List<DescribedRoute> routes;
    private final Map<String, String> own;
    private final Map<String, String> ofAnother;
    private final Map<String, String> ofLive;
    private final Map<String, String> ofBounds;
    private final String boundKey;

    Walk() {
        var store = new SandboxConfig.Store(database.jdbcUrl(), database.sandboxUser(), database.sandboxPassword(), 2);
        sandbox = SandboxServer.start(new SandboxConfig(0, null, store, SECRET, Clock.systemUTC()));
        api = ApiServer.start(Map.of(
                "carillon.sandbox.url",
                sandbox.url().toString(),
                "carillon.sandbox.secret",
                SECRET,
                "carillon.outbound.sandbox",
                sandbox.url().getAuthority(),
                "carillon.platform-commands.max-wait",
                "100ms",
                "carillon.testing.recording-mailer",
                "true"));
        own = objects(api.testKey(), account(api.testKey()), "walker@example.org");
        var another = api.carillon().newKey(api.carillon().newWorkspace(), Mode.TEST);
        ofAnother = objects(ApiServer.secretOf(another), account(ApiServer.secretOf(another)), "stranger@example.org");
        ofLive = objects(api.liveKey(), liveAccount(), "nobody@example.org");
        var account = made(api.testKey(), "/v1/accounts", "{\"platform\":\"sandbox\",\"username\":\"bound\"}")
                .string("id");
        boundKey = made(
                        api.testKey(),
                        "/v1/api_keys",
                        "{\"name\":\"bound\",\"scopes\":%s,\"account_ids\":[\"%s\"]}".formatted(BOUND_SCOPES, account))
                .string("secret");
        var post = made(boundKey, "/v1/posts", ApiServer.postBody(account, "within bounds", "\"draft\""));
        ofBounds = Map.of(
                "accounts",
                account,
                "posts",
                post.string("id"),
                "publications",
                post.ids("publications").getFirst());
        routes = DescribedRoute.all(
                api,
                Map.ofEntries(
                        Map.entry("account_id", "\"" + own.get("accounts") + "\""),
                        Map.entry("account_group_id", "\"" + own.get("account_groups") + "\""),
                        // A target has exactly one of three fields, which the schema does not express.
                        Map.entry("targets{}", "{\"account_id\": \"" + own.get("accounts") + "\"}"),
                        // A key cannot create a key with more scopes.
                        Map.entry("scopes", "[\"api_keys.write\"]"),
                        Map.entry("allowed_addresses", "[]"),
                        Map.entry("account_ids[]", "\"" + own.get("accounts") + "\""),
                        Map.entry("account_group_ids[]", "\"" + own.get("account_groups") + "\""),
                        Map.entry("agent_id", "null"),
                        Map.entry("platform", "\"sandbox\""),
                        Map.entry("email", "\"walked@example.org\""),
                        Map.entry("role", "\"viewer\""),
                        Map.entry("username", "\"walker\""),
                        Map.entry("url", "\"https://receiver.example/hook\""),
                        Map.entry("events", "[\"*\"]"),
                        Map.entry("scope", "\"failed\""),
                        Map.entry("since", "\"2026-01-01T00:00:00Z\""),
                        Map.entry("kind", "\"rate_limited\""),
                        Map.entry("credentials", "null"),
                        Map.entry("wait", "0")));
    }

    ApiServer api() {
        return api;
    }

    List<DescribedRoute> routes() {
        return routes;
    }

    /** Ids of the test key's objects, by the word before the id in a path. The next two methods return the same for other tenants. */
    Map<String, String> own() {
        return own;
    }

    Map<String, String> ofAnotherWorkspace() {
        return ofAnother;
    }

    Map<String, String> ofLiveMode() {
        return ofLive;
    }

    /** A test key of the same workspace that is restricted to one account and has all scopes that such a key may have. */
    String boundKey() {
        return boundKey;
    }

    /** Ids of the objects within its bounds, by the word before the id. */
    Map<String, String> boundObjects() {
        return ofBounds;
    }

    static String word(DescribedRoute route) {
        return route.path().replaceFirst("/\\{id}.*", "").replaceFirst(".*/", "");
    }

    static String randomId(String word) {
        var kind = KINDS.get(word);
        if (kind == null) {
            throw new AssertionError("no id kind for " + word + "; add it to KINDS and create one in objects()");
        }
        return new Ids().next(kind).toString();
    }

    /** A test key of the same workspace that has only this scope. */
    String keyWith(Scope scope) {
        var workspace = api.carillon().test().workspace();
        return ApiServer.secretOf(api.carillon()
                .bean(ApiKeyAuthenticator.class)
                .create(workspace, Mode.TEST, "single", EnumSet.of(scope)));
    }

    /** Calls with the key, or with a session if the route accepts no key. */
    Reply call(DescribedRoute route, String path, String key, @Nullable String body) {
        if (route.personal()) {
            // A new session each time, because some routes sign out.
            return Browser.signedIn(api, "walker@example.org").send(route.method(), path, body);
        }
        var request = ApiServer.withKey(api.request(route.method(), path, body), key);
        // An edit of a post must name its revision in the body or in If-Match; * accepts any.
        return api.exchange(route.method().equals("PATCH") ? request.header("If-Match", "*") : request);
    }

    private String account(String key) {
        return made(key, "/v1/accounts", "{\"platform\":\"sandbox\",\"username\":\"walked\"}")
                .string("id");
    }

    private String liveAccount() {
        var identity = new Identity("did:plc:walked", "walked", null, null, "an app");
        return api.carillon()
                .bean(AccountService.class)
                .connect(api.carillon().live(), new NewAccount(Platform.BLUESKY, identity, Credentials.NONE, Map.of()))
                .id()
                .toString();
    }

    private Map<String, String> objects(String key, String account, String email) {
        var objects = new LinkedHashMap<String, String>();
        objects.put("accounts", account);
        var post = made(key, "/v1/posts", ApiServer.postBody(account, "walked over", "\"draft\""));
        objects.put("posts", post.string("id"));
        objects.put("publications", post.ids("publications").getFirst());
        objects.put(
                "webhook_endpoints",
                made(key, "/v1/webhook_endpoints", "{\"url\":\"https://receiver.example/hook\",\"events\":[\"*\"]}")
                        .string("id"));
        objects.put(
                "account_groups",
                made(key, "/v1/account_groups", "{\"name\":\"walked\"}").string("id"));
        objects.put(
                "api_keys",
                made(key, "/v1/api_keys", "{\"name\":\"walked\",\"scopes\":[\"posts.read\"]}")
                        .string("id"));
        objects.put("events", api.get("/v1/events?limit=1", key).ids("data").getFirst());
        Hooked.fanOut(api.carillon());
        objects.put(
                "webhook_deliveries",
                api.get("/v1/webhook_deliveries?limit=1", key).ids("data").getFirst());
        objects.put(
                "webhook_replays",
                made(
                                key,
                                "/v1/webhook_endpoints/" + objects.get("webhook_endpoints") + "/replays",
                                "{\"scope\":\"failed\",\"since\":\"2026-01-01T00:00:00Z\"}")
                        .string("id"));
        if (key.startsWith("crl_test_")) {
            // Agents and workspaces belong to both modes, sessions to none.
            objects.put("workspaces", api.get("/v1/workspaces", key).ids("data").getFirst());
            objects.put(
                    "sessions", Browser.signedIn(api, email).get("/v1/session").string("id"));
            objects.put(
                    "agents", made(key, "/v1/agents", "{\"name\":\"walked\"}").string("id"));
            objects.put(
                    "faults",
                    made(key, "/v1/sandbox/faults", "{\"kind\":\"unavailable\"}")
                            .string("id"));
            objects.put(
                    "test_clocks",
                    made(key, "/v1/test_clocks", "{\"now\":\"2027-01-01T00:00:00Z\"}")
                            .string("id"));
        }
        assertThat(new HashMap<>(KINDS).keySet()).containsAll(objects.keySet());
        return Map.copyOf(objects);
    }

    private Reply made(String key, String path, String body) {
        var reply = api.exchange(
                ApiServer.withKey(api.request("POST", path, "").method("POST", BodyPublishers.ofString(body)), key));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply;
    }

    @Override
    public void close() {
        api.close();
        sandbox.close();
        database.close();
    }
}
