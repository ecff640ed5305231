package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PublishOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Threads over HTTP. */
class ThreadsOverHttpTest {
    private static final PublishOutcome REJECTED =
            new PublishOutcome.Rejected(Failure.of(ErrorCode.PLATFORM_REJECTED, "not like this"));

    private static ApiServer api;
    private static SimulatedWorker worker;
    private static final AtomicInteger NAMES = new AtomicInteger();

    @BeforeAll
    static void start() {
        api = ApiServer.start(Map.of());
        worker = new SimulatedWorker(api.carillon());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aThreadIsShownWithAPublicationForEachPart() {
        var account = account("x");

        var post = post("\"now\"", thread("two", "three"), target(account));

        assertThat(post.status()).as(post.text()).isEqualTo(201);
        assertThat(post.json())
                .containsEntry("status", "scheduled")
                .containsEntry("thread", List.of(Map.of("text", "two"), Map.of("text", "three")));
        assertThat(maps(post, "targets")).hasSize(1);
        var parts = maps(post, "publications");
        var ids = post.ids("publications");
        assertThat(values(parts, "part")).containsExactly(0, 1, 2);
        assertThat(values(parts, "position")).containsExactly(0, 1, 2);
        assertThat(values(parts, "status")).containsExactly("scheduled", "held", "held");
        assertThat(values(parts, "hold_reason")).containsExactly(null, "waiting_for_parent", "waiting_for_parent");
        assertThat(values(parts, "parent_publication_id")).containsExactly(null, ids.get(0), ids.get(1));
        assertThat(values(parts, "root_publication_id")).containsOnly(ids.getFirst());
        assertThat(api.get(path(post)).json()).isEqualTo(post.json());
    }

    @Test
    void eachPartIsHeldToThePlatformsRules() {
        var refused = post("\"draft\"", thread("fine", "x".repeat(281), " "), target(account("x")))
                .refused(422, "content_invalid");

        assertThat(findings(refused))
                .containsExactly(
                        "x.text.weighted_characters /thread/1/text 280 281", "x.text.empty /thread/2/text 1 0");
        assertThat(refused.string("param")).isEqualTo("/thread/1/text");
    }

    @Test
    void aPlatformThatHasNoThreadsSaysSoAndTakesThePostWithoutOne() {
        var facebook = account("facebook");

        var refused = post("\"draft\"", thread("two"), target(facebook)).refused(422, "content_invalid");
        assertThat(findings(refused)).containsExactly("facebook.thread.unsupported /thread 0 1");
        assertThat(refused.string("detail")).contains("Facebook does not support threads", "\"thread\": []");

        var without = post("\"draft\"", thread("two"), target(account("x")), target(facebook, "\"thread\": []"));
        assertThat(without.status()).as(without.text()).isEqualTo(201);
        assertThat(values(maps(without, "publications"), "part")).containsExactly(0, 1, 0);
        assertThat(values(maps(without, "targets"), "thread")).containsExactly(null, List.of());
        assertThat(maps(without, "publications").get(2)).containsEntry("root_publication_id", null);
    }

    @Test
    void aTargetMaySayAnotherFirstPartAndAnotherThread() {
        var own = "\"text\": \"one, in other words\", \"thread\": [{\"text\": \"%s\"}]";
        var account = account("x");

        var post = post("\"draft\"", thread("two", "three"), target(account, own.formatted("also")));
        assertThat(values(maps(post, "publications"), "part")).containsExactly(0, 1);

        assertThat(findings(post("\"draft\"", thread("two"), target(account, own.formatted("x".repeat(300))))
                        .refused(422, "content_invalid")))
                .containsExactly("x.text.weighted_characters /targets/0/thread/0/text 280 300");
    }

    @Test
    void aThreadThatIsTooLongOrSaysAThingTwiceIsRefused() {
        assertThat(findings(
                        post("\"draft\"", numbered(25), target(account("x"))).refused(422, "content_invalid")))
                .containsExactly("x.thread.parts /thread 24 25");
        assertThat(post("\"draft\"", numbered(50), target(account("sandbox")))
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/thread");
        var many = Stream.generate(() -> target(account("sandbox"))).limit(11).toArray(String[]::new);
        assertThat(post("\"draft\"", numbered(49), many)
                        .refused(422, "invalid_parameter")
                        .string("detail"))
                .contains("550 publications", "the maximum is 500");

        var twice = thread("two", "two");
        var account = account("x");
        assertThat(findings(post("\"draft\"", twice, target(account)).refused(422, "content_invalid")))
                .containsExactly("carillon.thread.repeated /thread/1/text 1 2");
        assertThat(post("\"draft\"", twice + ", \"allow_duplicate\": true", target(account))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aPartHasWordsAndNothingElseYet() {
        var account = target(account("x"));

        assertThat(post("\"draft\"", "\"thread\": [{\"text\": \"a\", \"media\": [{\"media_id\": \"med_1\"}]}]", account)
                        .refused(422, "unknown_parameter")
                        .string("param"))
                .isEqualTo("/thread/0/media");
        assertThat(post("\"draft\"", "\"thread\": [{\"txt\": \"a\"}]", account)
                        .refused(422, "unknown_parameter")
                        .string("param"))
                .isEqualTo("/thread/0/txt");
        assertThat(post("\"draft\"", "\"thread\": [\"a\"]", account)
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/thread/0");
        assertThat(post("\"draft\"", "\"thread\": \"a\"", account)
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/thread");
    }

    @Test
    void whatFollowsAFailureIsToldAndRetriedFromThere() {
        var post = post("\"now\"", thread("two", "three"), target(account("sandbox")));
        var ids = post.ids("publications");
        worker.publish(ids.getFirst(), SimulatedWorker.published(ids.getFirst()));
        worker.publish(ids.get(1), REJECTED);

        var failed = api.get(path(post));
        assertThat(failed.json()).containsEntry("status", "partially_published");
        assertThat(values(maps(failed, "publications"), "status")).containsExactly("published", "failed", "held");
        assertThat(maps(failed, "publications").get(2))
                .containsEntry("hold_reason", "parent_not_published")
                .extracting("error.code")
                .isEqualTo("parent_not_published");
        assertThat(api.get(path(post) + "/timeline").text())
                .contains("Part 1 of the thread: Failed", "Part 2 of the thread: Held", "\"part\":0");
        assertThat(api.get("/v1/events?object_id=" + ids.get(2)).text()).contains("publication.held");

        var again = api.post(path(post) + "/retry", "{}");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(values(maps(again, "publications"), "status")).containsExactly("published", "scheduled", "held");
        worker.publish(ids.get(1), SimulatedWorker.published(ids.get(1)));
        worker.publish(ids.get(2), SimulatedWorker.published(ids.get(2)));
        assertThat(api.get(path(post)).json()).containsEntry("status", "published");
    }

    @Test
    void aChangeReplacesTheThread() {
        var post = post("{\"at\": \"%s\"}".formatted(inAnHour()), thread("two", "three"), target(account("sandbox")));
        var ids = post.ids("publications");

        var longer = patch(post, "\"revision\": 1, " + thread("2", "3", "4"));
        assertThat(longer.status()).as(longer.text()).isEqualTo(200);
        assertThat(longer.ids("publications")).hasSize(4).startsWith(ids.toArray(String[]::new));
        assertThat(longer.json()).containsEntry("status", "scheduled").containsEntry("revision", 2);

        var shorter = patch(post, "\"revision\": 2, " + thread("2"));
        assertThat(shorter.ids("publications")).isEqualTo(ids.subList(0, 2));
        api.get("/v1/publications/" + ids.get(2)).refused(404, "not_found");
        assertThat(reservedOf(post)).isEqualTo(2);

        var alone = patch(post, "\"revision\": 3, \"thread\": []");
        assertThat(maps(alone, "publications")).singleElement().satisfies(publication -> assertThat(publication)
                .containsEntry("root_publication_id", null));

        var other = patch(post, "\"revision\": 4, \"text\": \"1\"");
        assertThat(other.json()).containsEntry("thread", List.of());
        var again = patch(post, "\"revision\": 5, " + thread("II", "III"));
        worker.publish(ids.getFirst(), SimulatedWorker.published(ids.getFirst()));
        assertThat(values(maps(api.get(path(post)), "publications"), "status"))
                .containsExactly("published", "scheduled", "held");
        assertThat(again.json()).containsEntry("revision", 6);
    }

    @Test
    void aDraftsThreadWaitsOnlyOnceThePostHasATime() {
        var post = post("\"draft\"", thread("two"), target(account("sandbox")));
        assertThat(values(maps(post, "publications"), "status")).containsOnly("draft");

        var planned = patch(post, "\"revision\": 1, \"publish\": {\"at\": \"%s\"}".formatted(inAnHour()));
        assertThat(values(maps(planned, "publications"), "status")).containsExactly("scheduled", "held");
        assertThat(reservedOf(post)).isEqualTo(2);

        var draft = patch(post, "\"revision\": 2, \"publish\": \"draft\"");
        assertThat(draft.json()).containsEntry("status", "draft");
        assertThat(values(maps(draft, "publications"), "hold_reason")).containsOnlyNulls();
        assertThat(reservedOf(post)).isZero();
    }

    @Test
    void aPartThatAnotherPostSaysIsADuplicateAndThreadsDoNotWarnOfTheirOwnParts() {
        var account = account("sandbox");
        var first = post("\"now\"", thread("two", "three"), target(account));
        assertThat(maps(first, "warnings")).isEmpty();

        var second = api.post("/v1/posts", """
                {"text": "another", "thread": [{"text": "first"}, {"text": "three"}], "targets": [%s], "publish": "now"}
                """.formatted(target(account))).refused(409, "duplicate_content");
        assertThat(second.string("param")).isEqualTo("/thread/1");

        var third = api.post("/v1/posts", """
                {"text": "different", "thread": [{"text": "in all"}], "targets": [%s], "publish": "now"}
                """.formatted(target(account)));
        assertThat(maps(third, "warnings"))
                .as("one warning for the post, none for its parts")
                .hasSize(1);
    }

    // You can post a failed thread again without a duplicate error.
    @Test
    void whatIsHeldBehindAFailureIsNoDuplicate() {
        var account = account("sandbox");
        var post = post("\"now\"", thread("two", "three"), target(account));
        worker.publish(post.ids("publications").getFirst(), REJECTED);

        assertThat(post("\"now\"", thread("two", "three"), target(account)).status())
                .isEqualTo(201);
        api.post(path(post) + "/retry", "{}").refused(409, "duplicate_content");
    }

    @Test
    void aBatchTakesThreadsAndSaysInWhichPostOneIsRefused() {
        var account = account("x");
        var body = "{\"mode\": \"atomic\", \"posts\": [%s, %s]}"
                .formatted(
                        body("\"draft\"", thread("two"), target(account)),
                        body("\"draft\"", thread("x".repeat(281)), target(account)));

        assertThat(api.post("/v1/posts/batch", body)
                        .refused(422, "content_invalid")
                        .string("param"))
                .isEqualTo("/posts/1/thread/0/text");
    }

    private static Reply post(String publish, String thread, String... targets) {
        return api.post("/v1/posts", body(publish, thread, targets));
    }

    private static String body(String publish, String thread, String... targets) {
        return "{\"text\": \"one\", \"publish\": %s, %s, \"targets\": [%s]}"
                .formatted(publish, thread, String.join(", ", targets));
    }

    private static String thread(String... texts) {
        return Stream.of(texts)
                .map("{\"text\": \"%s\"}"::formatted)
                .collect(Collectors.joining(", ", "\"thread\": [", "]"));
    }

    private static String numbered(int parts) {
        return thread(Stream.iterate(1, part -> part + 1)
                .limit(parts)
                .map("part %d"::formatted)
                .toArray(String[]::new));
    }

    private static String target(String account, String... more) {
        return "{\"account_id\": \"%s\"%s}".formatted(account, more.length == 0 ? "" : ", " + String.join(", ", more));
    }

    private static String account(String platform) {
        return api.post(
                        "/v1/accounts",
                        "{\"platform\": \"%s\", \"username\": \"thread %d\"}"
                                .formatted(platform, NAMES.incrementAndGet()))
                .string("id");
    }

    private static Reply patch(Reply post, String fields) {
        return api.exchange(api.request("PATCH", path(post), "{" + fields + "}"));
    }

    private static String path(Reply post) {
        return "/v1/posts/" + post.string("id");
    }

    private static String inAnHour() {
        return Instant.now()
                .plus(Duration.ofHours(1))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    private static long reservedOf(Reply post) {
        return worker.number(
                """
                SELECT count(*) FROM spend_reservation JOIN publication ON publication.id = publication_id
                WHERE state = 'reserved' AND post_id = '%s'
                """.formatted(PostId.KIND.read(post.string("id")).orElseThrow().value()));
    }

    private static List<String> findings(Reply refused) {
        return maps(refused, "errors").stream()
                .map(each -> "%s %s %s %s"
                        .formatted(each.get("rule"), each.get("param"), each.get("limit"), each.get("actual")))
                .toList();
    }

    @SuppressWarnings("unchecked") // keys of JSON objects are strings
    private static List<Map<String, Object>> maps(Reply reply, String field) {
        return (List<Map<String, Object>>) reply.json().getOrDefault(field, Collections.emptyList());
    }

    private static List<Object> values(List<Map<String, Object>> maps, String field) {
        return maps.stream().map(each -> each.get(field)).collect(Collectors.toList());
    }
}
