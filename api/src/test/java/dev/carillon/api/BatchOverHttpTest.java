package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.Mode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Batches: several posts in one request. */
class BatchOverHttpTest {
    private static ApiServer api;
    private static SimulatedWorker database;

    @BeforeAll
    static void start() {
        api = ApiServer.start(Map.of());
        database = new SimulatedWorker(api.carillon());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void anAtomicBatchIsAcceptedWhole() {
        var account = api.account("whole");

        var reply = api.post("/v1/posts/batch", batch("atomic", post(account, "one"), post(account, "two")));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(statuses(reply)).containsExactly("201", "201");
        assertThat(texts(reply)).containsExactly("one", "two");
    }

    @Test
    void ofAnAtomicBatchWithOneBadPostNothingIsWritten() {
        var account = api.account("none");
        long before = posts();

        var missing = api.post(
                "/v1/posts/batch",
                batch(
                        "atomic",
                        post(account, "good"),
                        post("acct_00000000000000000000000000", "bad"),
                        post(account, "fine")));
        var shapeless = api.post("/v1/posts/batch", batch("atomic", post(account, "good"), "{\"text\": 7}"));

        assertThat(missing.refused(404, "not_found").string("param")).isEqualTo("/posts/1/targets/0/account_id");
        assertThat(shapeless.refused(422, "invalid_parameter").string("param")).isEqualTo("/posts/1/text");
        assertThat(posts()).isEqualTo(before);
    }

    // Includes a post that fails after some of its rows were written: a duplicate of an earlier post in the same batch.
    @Test
    void aPartialBatchTellsOfEachInItsOrder() {
        var account = api.account("partly");
        var x = api.post("/v1/accounts", "{\"platform\": \"x\", \"username\": \"long\"}")
                .string("id");
        long before = posts();

        var reply = api.post(
                "/v1/posts/batch",
                batch(
                        "partial",
                        scheduled(account, "first"),
                        scheduled(account, "first"),
                        post(x, "x".repeat(281)),
                        "{\"text\": \"no targets\", \"targets\": []}",
                        "{\"texd\": \"typo\", \"targets\": []}",
                        scheduled(account, "last")));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(statuses(reply)).containsExactly("201", "409", "422", "422", "422", "201");
        assertThat(errors(reply, "code"))
                .containsExactly("duplicate_content", "content_invalid", "no_targets", "unknown_parameter");
        assertThat(errors(reply, "param"))
                .containsExactly("/posts/1/targets/0", "/posts/2/text", "/posts/3/targets", "/posts/4/texd");
        assertThat(texts(reply)).containsExactly("first", "last");
        assertThat(posts()).isEqualTo(before + 2);
    }

    @Test
    void oneIdempotencyKeyIsOneBatch() {
        var account = api.account("once");
        var body = batch("partial", post(account, "one"), post("acct_00000000000000000000000000", "two"));

        var first = api.post("/v1/posts/batch", body, "Idempotency-Key", "batch");
        long after = posts();
        var again = api.post("/v1/posts/batch", body, "Idempotency-Key", "batch");

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotent-Replayed")).contains("true");
        assertThat(posts()).isEqualTo(after);
    }

    @Test
    void eachPostNeedsItsScope() {
        var carillon = api.carillon();
        var drafter = ApiServer.secretOf(carillon.bean(ApiKeyAuthenticator.class)
                .create(carillon.test().workspace(), Mode.TEST, "drafter", EnumSet.of(Scope.POSTS_DRAFT)));
        var account = api.account("scoped");
        var body = batch("partial", post(account, "draft"), scheduled(account, "scheduled"));

        var reply = api.exchange(ApiServer.withKey(api.request("POST", "/v1/posts/batch", body), drafter));

        assertThat(statuses(reply)).containsExactly("201", "403");
        assertThat(errors(reply, "param")).containsExactly("posts.schedule");
    }

    @Test
    void aBatchHasBetweenOneAndAHundredPosts() {
        var account = api.account("many");
        var hundred =
                IntStream.range(0, 100).mapToObj(n -> post(account, "n " + n)).toArray(String[]::new);
        var more =
                IntStream.range(0, 101).mapToObj(n -> post(account, "m " + n)).toArray(String[]::new);

        assertThat(statuses(api.post("/v1/posts/batch", batch("atomic", hundred))))
                .hasSize(100)
                .containsOnly("201");
        assertThat(api.post("/v1/posts/batch", batch("atomic", more))
                        .refused(422, "invalid_parameter")
                        .string("detail"))
                .isEqualTo("posts has 101 entries; send between 1 and 100.");
        api.post("/v1/posts/batch", batch("atomic")).refused(422, "invalid_parameter");
        assertThat(api.post("/v1/posts/batch", batch("some", post(account, "x")))
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/mode");
        assertThat(api.post(
                                "/v1/posts/batch",
                                batch("atomic", "{\"targets\": [{\"account_id\": \"" + account + "\"}], \"wait\": 5}"))
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/posts/0/wait");
    }

    private static String batch(String mode, String... posts) {
        return "{\"mode\": \"%s\", \"posts\": [%s]}".formatted(mode, String.join(", ", posts));
    }

    private static String post(String account, String text) {
        return "{\"text\": \"%s\", \"targets\": [{\"account_id\": \"%s\"}]}".formatted(text, account);
    }

    private static String scheduled(String account, String text) {
        return "{\"text\": \"%s\", \"targets\": [{\"account_id\": \"%s\"}], \"publish\": {\"at\": \"2027-06-01T09:00:00Z\"}}"
                .formatted(text, account);
    }

    private static List<Map<?, ?>> items(Reply reply) {
        return reply.json().get("data") instanceof List<?> data
                ? data.stream().<Map<?, ?>>map(item -> (Map<?, ?>) item).toList()
                : List.of();
    }

    private static List<String> statuses(Reply reply) {
        return items(reply).stream()
                .map(item -> String.valueOf(item.get("status")))
                .toList();
    }

    private static List<String> texts(Reply reply) {
        return named(reply, "post", "text");
    }

    private static List<String> errors(Reply reply, String field) {
        return named(reply, "error", field);
    }

    private static List<String> named(Reply reply, String part, String field) {
        return items(reply).stream()
                .map(item -> item.get(part))
                .filter(Map.class::isInstance)
                .map(found -> String.valueOf(((Map<?, ?>) found).get(field)))
                .toList();
    }

    private static long posts() {
        return database.number("SELECT count(*) FROM post");
    }
}
