package dev.carillon.api;

import static dev.carillon.api.ApiServer.postBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.Mode;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IdempotencyOverHttpTest {
    private static final String KEY = "Idempotency-Key";
    private static ApiServer api;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    // Otherwise a client that repeats a lost call would post twice.
    @Test
    void manyCallsAtOnceWithOneKeyMakeOnePost() throws Exception {
        var body = postBody(api.account("crowd"), "once", "\"now\"");
        int before = posts();

        var replies = new ArrayList<Reply>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Reply> call = () -> api.post("/v1/posts", body, KEY, "crowd");
            for (var reply : threads.invokeAll(java.util.Collections.nCopies(20, call))) {
                replies.add(reply.get());
            }
        }

        assertThat(posts()).isEqualTo(before + 1);
        assertThat(replies.stream().filter(reply -> reply.status() == 409))
                .allSatisfy(reply -> reply.refused(409, "idempotency_in_progress"));
        assertThat(replies.stream().filter(reply -> reply.status() == 201).map(Reply::text))
                .isNotEmpty()
                .containsOnly(api.post("/v1/posts", body, KEY, "crowd").text());
    }

    @Test
    void aRepetitionGetsTheStoredReplyAndSaysSo() {
        var body = postBody(api.account("repeats"), "once", "\"draft\"");

        var first = api.post("/v1/posts", body, KEY, "repeats");
        var second = api.post("/v1/posts", body, KEY, "repeats");

        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(second.header("Idempotent-Replayed")).contains("true");
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Request-Id")).isNotEqualTo(first.header("Request-Id"));
        api.post("/v1/posts", body.replace("once", "twice"), KEY, "repeats").refused(422, "idempotency_key_reused");
    }

    @Test
    void anExecutedRefusalIsReplayedAndOneBeforeExecutionLeavesTheKeyUnused() {
        var account = api.account("refused");
        var late = "{\"at\":\"2020-01-01T00:00:00Z\"}";

        var refused = api.post("/v1/posts", postBody(account, "late", late), KEY, "refused");
        assertThat(refused.refused(422, "time_in_past").header("Idempotent-Replayed"))
                .isEmpty();
        var again = api.post("/v1/posts", postBody(account, "late", late), KEY, "refused");
        assertThat(again.header("Idempotent-Replayed")).contains("true");
        assertThat(again.text()).isEqualTo(refused.text());

        api.post("/v1/posts", "{\"txt\":\"\"}", KEY, "unused").refused(422, "unknown_parameter");
        var bare = ApiServer.secretOf(api.carillon()
                .bean(ApiKeyAuthenticator.class)
                .create(api.carillon().test().workspace(), Mode.TEST, "bare", Set.of(Scope.POSTS_READ)));
        var withoutScope = api.request("POST", "/v1/posts", postBody(account, "hi", "\"now\""))
                .header(KEY, "unused");
        api.exchange(ApiServer.withKey(withoutScope, bare)).refused(403, "scope_missing");
        assertThat(api.post("/v1/posts", postBody(account, "hi", "\"now\""), KEY, "unused")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aKeyMeansSomethingWithinItsRouteAndModeOnly() {
        var account = api.account("routes");
        var first = api.post("/v1/posts", postBody(account, "one", "\"draft\""), KEY, "routes");
        var other = api.post("/v1/accounts", "{\"platform\":\"x\",\"username\":\"routes\"}", KEY, "routes");
        var live = api.request("POST", "/v1/posts", postBody(account, "one", "\"draft\""))
                .header(KEY, "routes");

        assertThat(first.status()).isEqualTo(201);
        assertThat(other.status()).isEqualTo(201);
        api.exchange(ApiServer.withKey(live, api.liveKey())).refused(404, "not_found");
        assertThat(api.post("/v1/accounts", "{\"platform\":\"x\",\"username\":\"routes\"}", KEY, "routes")
                        .text())
                .isEqualTo(other.text());
    }

    @Test
    void aCancelIsRepeatableUnderItsKeyAndAKeyIsForOnePath() {
        var account = api.account("cancels");
        var at = "{\"at\":\"%s\"}".formatted(java.time.Instant.now().plusSeconds(3600));
        var one = api.post("/v1/posts", postBody(account, "one", at)).string("id");
        var two = api.post("/v1/posts", postBody(account, "two", at)).string("id");

        var canceled = api.post("/v1/posts/" + one + "/cancel", "", KEY, "cancels");
        assertThat(canceled.json()).containsEntry("status", "canceled");
        assertThat(api.post("/v1/posts/" + one + "/cancel", "", KEY, "cancels").header("Idempotent-Replayed"))
                .contains("true");
        api.post("/v1/posts/" + two + "/cancel", "", KEY, "cancels").refused(422, "idempotency_key_reused");
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        var body = postBody(api.account("odd"), "one", "\"draft\"");

        api.post("/v1/posts", body, KEY, "k".repeat(256)).refused(400, "idempotency_key_invalid");
        api.post("/v1/posts", body, KEY, "").refused(400, "idempotency_key_invalid");
        api.post("/v1/posts", body, KEY, "one", KEY, "two").refused(400, "idempotency_key_invalid");
        assertThat(api.post("/v1/posts", body, KEY, "k".repeat(255)).status()).isEqualTo(201);
    }

    private static int posts() {
        return api.get("/v1/posts?limit=100").ids("data").size();
    }
}
