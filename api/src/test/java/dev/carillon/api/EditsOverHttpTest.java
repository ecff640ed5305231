package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.publication.attempt.AttemptService;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Edits of posts before publishing starts. */
class EditsOverHttpTest {
    private static final Duration LEASE = Duration.ofSeconds(90);

    private static ApiServer api;
    private static SimulatedWorker worker;

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
    void aDraftIsChangedAndGivenATime() {
        var post = draft("first words", api.account("a draft's"));
        var at = inAnHour();

        var changed = patch(
                post,
                "{\"revision\": 1, \"text\": \"better words\", \"publish\": {\"at\": \"%s\"}, \"metadata\": {\"a\": \"b\"}}"
                        .formatted(at));

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json())
                .containsEntry("revision", 2)
                .containsEntry("text", "better words")
                .containsEntry("status", "scheduled")
                .containsEntry("publish_at", at)
                .containsEntry("metadata", Map.of("a", "b"));
        assertThat(changed.ids("publications")).isEqualTo(post.ids("publications"));
        assertThat(api.get("/v1/posts/" + post.string("id")).json()).isEqualTo(changed.json());
        assertThat(reserved(publication(post))).isEqualTo("reserved");
        assertThat(api.get("/v1/events?type=post.updated&limit=100").text()).contains(post.string("id"));
        assertThat(api.get("/v1/posts/" + post.string("id") + "/timeline").text())
                .contains("Edited to revision 2");
    }

    // The worker must publish the text of the latest revision.
    @Test
    void aWorkerThatHasClaimedTheOldWordsLosesThem() {
        var post = create("old words", "{\"at\": \"%s\"}".formatted(inAnHour()), api.account("raced"));
        var publication = publication(post);
        long generation = worker.claim(publication);

        assertThat(patch(post, "{\"revision\": 1, \"text\": \"new words\"}").status())
                .isEqualTo(200);

        var started = api.carillon()
                .bean(AttemptService.class)
                .start(List.of(new Claim(SimulatedWorker.idOf(publication), generation)), "a worker", LEASE);
        assertThat(started).isEmpty();
        var again = api.carillon()
                .bean(AttemptService.class)
                .start(
                        List.of(new Claim(SimulatedWorker.idOf(publication), worker.claim(publication))),
                        "a worker",
                        LEASE);
        assertThat(again).singleElement().satisfies(attempt -> assertThat(attempt.text())
                .isEqualTo("new words"));
    }

    @Test
    void whatIsBegunWithOrHasEndedIsNotChanged() {
        var begun = create("begun with", "\"now\"", api.account("begun"));
        worker.startAttempt(publication(begun), worker.claim(publication(begun)));
        var canceled = draft("canceled", api.account("ended"));
        api.post("/v1/posts/" + canceled.string("id") + "/cancel", "");

        assertThat(patch(begun, "{\"revision\": 1, \"text\": \"other\"}")
                        .refused(409, "not_editable")
                        .string("detail"))
                .contains("is publishing");
        assertThat(patch(canceled, "{\"revision\": 1, \"text\": \"other\"}")
                        .refused(409, "not_editable")
                        .string("detail"))
                .contains("is canceled");
        assertThat(api.get("/v1/posts/" + begun.string("id")).json()).containsEntry("text", "begun with");
    }

    @Test
    void whoReadAnOlderRevisionIsTold() {
        var post = draft("one", api.account("twice read"));
        patch(post, "{\"revision\": 1, \"text\": \"two\"}");

        assertThat(patch(post, "{\"revision\": 1, \"text\": \"three\"}")
                        .refused(409, "revision_conflict")
                        .json())
                .containsEntry("param", "/revision")
                .hasEntrySatisfying(
                        "detail", detail -> assertThat(detail.toString()).contains("at revision 2"));
        assertThat(api.exchange(request(post, "{\"text\": \"three\"}").header("If-Match", "\"2\""))
                        .json())
                .containsEntry("revision", 3);
        assertThat(patch(post, "{\"text\": \"four\"}")
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/revision");
        assertThat(api.exchange(request(post, "{\"revision\": 2, \"text\": \"four\"}")
                                .header("If-Match", "\"3\""))
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("If-Match");
    }

    @Test
    void ofManyWhoChangeOneRevisionOneDoes() throws Exception {
        var post = draft("crowded", api.account("crowded"));
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var replies = crowd.invokeAll(IntStream.range(0, 12)
                    .<Callable<Integer>>mapToObj(
                            n -> () -> patch(post, "{\"revision\": 1, \"text\": \"words %d\"}".formatted(n))
                                    .status())
                    .toList());

            assertThat(replies)
                    .extracting(reply -> reply.get())
                    .containsOnlyOnce(200)
                    .contains(409)
                    .doesNotContain(500);
        }
        assertThat(api.get("/v1/posts/" + post.string("id")).json()).containsEntry("revision", 2);
    }

    // Each edit locks the guard rows of both texts. If their orders differed, the edits would deadlock.
    @Test
    void twoPostsThatSwapTheirWordsAtOneMomentBothDo() throws Exception {
        var account = api.account("swapped");
        var when = "{\"at\": \"%s\"}".formatted(inAnHour());
        var one = create("here", when, account);
        var other = create("there", when, account);
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 1; round <= 40; round++) {
                var words = round % 2 == 1 ? List.of("there", "here") : List.of("here", "there");
                int revision = round;
                var replies = both.invokeAll(List.<Callable<Integer>>of(
                        () -> swapped(one, revision, words.getFirst()),
                        () -> swapped(other, revision, words.getLast())));

                assertThat(replies).extracting(reply -> reply.get()).containsExactly(200, 200);
            }
        }
    }

    private static int swapped(Reply post, int revision, String text) {
        return patch(post, "{\"revision\": %d, \"text\": \"%s\", \"allow_duplicate\": true}".formatted(revision, text))
                .status();
    }

    @Test
    void aDraftMayChangeItsAccountsUntilItHadATime() {
        var first = api.account("kept");
        var second = api.account("left");
        var third = api.account("joined");
        var post = draft("moving", first, second);

        var changed = patch(
                post,
                "{\"revision\": 1, \"targets\": [{\"account_id\": \"%s\", \"text\": \"other\"}, {\"account_id\": \"%s\"}]}"
                        .formatted(third, first));

        assertThat(changed.json())
                .extracting("publications", InstanceOfAssertFactories.list(Map.class))
                .extracting(publication -> publication.get("account_id"))
                .containsExactly(third, first);
        assertThat(changed.ids("publications"))
                .contains(post.ids("publications").getFirst());

        assertThat(patch(post, "{\"revision\": 2, \"publish\": {\"at\": \"%s\"}}".formatted(inAnHour()))
                        .status())
                .isEqualTo(200);
        assertThat(patch(post, "{\"revision\": 3, \"targets\": [{\"account_id\": \"%s\"}]}".formatted(first))
                        .refused(409, "not_editable")
                        .string("param"))
                .isEqualTo("/targets");
        assertThat(patch(
                                post,
                                "{\"revision\": 3, \"targets\": [{\"account_id\": \"%s\"}, {\"account_id\": \"%s\", \"text\": \"mine\"}]}"
                                        .formatted(third, first))
                        .status())
                .as("another text for the same accounts")
                .isEqualTo(200);
    }

    @Test
    void aPostWithoutATimeCostsNothingAndOneWithAnotherCostHoldsThat() {
        var x = api.post("/v1/accounts", "{\"platform\": \"x\", \"username\": \"pricey\"}")
                .string("id");
        var post = create("plain", "{\"at\": \"%s\"}".formatted(inAnHour()), x);
        assertThat(held(publication(post))).isEqualTo(25_000);

        patch(post, "{\"revision\": 1, \"text\": \"with https://example.org\"}");
        assertThat(held(publication(post)))
                .as("a post with a link costs more on X")
                .isEqualTo(210_000);

        var unscheduled = patch(post, "{\"revision\": 2, \"publish\": \"draft\"}");
        assertThat(unscheduled.json()).containsEntry("status", "draft").containsEntry("publish_at", null);
        assertThat(reserved(publication(post))).isEqualTo("released");

        patch(post, "{\"revision\": 3, \"publish\": {\"at\": \"%s\"}}".formatted(inAnHour()));
        assertThat(reserved(publication(post))).isEqualTo("reserved");
    }

    @Test
    void aChangeIsHeldAgainstTheRulesAndLeavesNothingBehind() {
        var x = api.post("/v1/accounts", "{\"platform\": \"x\", \"username\": \"ruled\"}")
                .string("id");
        var post = create("short", "{\"at\": \"%s\"}".formatted(inAnHour()), x);

        patch(post, "{\"revision\": 1, \"text\": \"%s\"}".formatted("x".repeat(281)))
                .refused(422, "content_invalid");
        patch(post, "{\"revision\": 1, \"publish\": {\"at\": \"2020-01-01T00:00:00Z\"}}")
                .refused(422, "time_in_past");
        assertThat(patch(post, "{\"revision\": 1, \"txt\": \"y\"}")
                        .refused(422, "unknown_parameter")
                        .string("detail"))
                .contains("text");

        assertThat(api.get("/v1/posts/" + post.string("id")).json()).isEqualTo(post.json());
    }

    // Otherwise the guard would keep refusing the old text, and the new text could be published twice.
    @Test
    void theDuplicateGuardKnowsWhatAPostSaysNow() {
        var account = api.account("guarded");
        var at = inAnHour();
        var post = create("said before", "{\"at\": \"%s\"}".formatted(at), account);

        patch(post, "{\"revision\": 1, \"text\": \"said now\"}");

        assertThat(create("said before", "{\"at\": \"%s\"}".formatted(at), account)
                        .status())
                .isEqualTo(201);
        create("said now", "{\"at\": \"%s\"}".formatted(at), account).refused(409, "duplicate_content");
        patch(post, "{\"revision\": 2, \"text\": \"said before\"}").refused(409, "duplicate_content");
        assertThat(patch(post, "{\"revision\": 2, \"text\": \"said before\", \"allow_duplicate\": true}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aChangeNeedsWhatANewPostWouldNeed() {
        var carillon = api.carillon();
        var drafter = ApiServer.secretOf(carillon.bean(ApiKeyAuthenticator.class)
                .create(
                        carillon.test().workspace(),
                        Mode.TEST,
                        "drafter",
                        EnumSet.of(Scope.POSTS_DRAFT, Scope.POSTS_READ)));
        var post = draft("mine", api.account("scoped"));

        assertThat(api.exchange(ApiServer.withKey(request(post, "{\"revision\": 1, \"text\": \"yours\"}"), drafter))
                        .status())
                .isEqualTo(200);
        assertThat(api.exchange(ApiServer.withKey(
                                request(post, "{\"revision\": 2, \"publish\": {\"at\": \"%s\"}}".formatted(inAnHour())),
                                drafter))
                        .refused(403, "scope_missing")
                        .string("param"))
                .isEqualTo("posts.schedule");
        assertThat(api.exchange(ApiServer.withKey(request(post, "{\"revision\": 2, \"publish\": \"now\"}"), drafter))
                        .refused(403, "scope_missing")
                        .string("param"))
                .isEqualTo("posts.publish");
        api.exchange(ApiServer.withKey(request(post, "{\"revision\": 2, \"text\": \"x\"}"), api.liveKey()))
                .refused(404, "not_found");
    }

    // Both keys see the same post, with different account ids.
    @Test
    void aSimulatedPostIsChangedByTheLiveKeyThatMadeItAndByATestKey() {
        var account = liveAccount();
        var post = api.exchange(ApiServer.withKey(
                api.request(
                        "POST",
                        "/v1/posts",
                        "{\"text\": \"played\", \"targets\": [{\"account_id\": \"%s\"}], \"sandbox\": true}"
                                .formatted(account)),
                api.liveKey()));
        assertThat(post.status()).as(post.text()).isEqualTo(201);

        var byLive = api.exchange(
                ApiServer.withKey(request(post, "{\"revision\": 1, \"text\": \"played on\"}"), api.liveKey()));
        var byTest = patch(post, "{\"revision\": 2, \"publish\": {\"at\": \"%s\"}}".formatted(inAnHour()));

        assertThat(byLive.json()).containsEntry("text", "played on").containsEntry("sandbox", true);
        assertThat(byLive.text()).contains(account);
        assertThat(byTest.json()).containsEntry("status", "scheduled").containsEntry("sandbox", true);
        assertThat(byTest.text()).doesNotContain(account);
        assertThat(api.get("/v1/posts/" + post.string("id"), api.liveKey()).text())
                .contains(account);
    }

    @Test
    void oneIdempotencyKeyIsOneRevision() {
        var post = draft("once", api.account("repeated"));
        var body = "{\"revision\": 1, \"text\": \"twice\"}";

        var first = api.exchange(request(post, body).header("Idempotency-Key", "edit"));
        var again = api.exchange(request(post, body).header("Idempotency-Key", "edit"));

        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("Idempotent-Replayed")).contains("true");
    }

    /** Connects a live account. */
    private static String liveAccount() {
        var identity = new Identity("id of a live one", "live one", null, null, "an app");
        return api.carillon()
                .bean(AccountService.class)
                .connect(api.carillon().live(), new NewAccount(Platform.X, identity, Credentials.NONE, Map.of()))
                .id()
                .toString();
    }

    private static Reply draft(String text, String... accounts) {
        return create(text, "\"draft\"", accounts);
    }

    private static Reply create(String text, String publish, String... accounts) {
        var targets = String.join(
                ", ",
                List.of(accounts).stream()
                        .map(id -> "{\"account_id\": \"%s\"}".formatted(id))
                        .toList());
        return api.post(
                "/v1/posts",
                "{\"text\": \"%s\", \"targets\": [%s], \"publish\": %s}".formatted(text, targets, publish));
    }

    private static Reply patch(Reply post, String body) {
        return api.exchange(request(post, body));
    }

    private static HttpRequest.Builder request(Reply post, String body) {
        return api.request("PATCH", "/v1/posts/" + post.string("id"), body);
    }

    private static String publication(Reply post) {
        return post.ids("publications").getFirst();
    }

    private static String reserved(String publication) {
        return worker.number("SELECT count(*) FROM spend_reservation WHERE state = 'reserved' AND publication_id = '%s'"
                                .formatted(SimulatedWorker.idOf(publication).value()))
                        == 1
                ? "reserved"
                : "released";
    }

    private static long held(String publication) {
        return worker.number("SELECT amount_micros FROM spend_reservation WHERE publication_id = '%s'"
                .formatted(SimulatedWorker.idOf(publication).value()));
    }

    private static String inAnHour() {
        return Instant.now()
                .plus(Duration.ofHours(1))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }
}
