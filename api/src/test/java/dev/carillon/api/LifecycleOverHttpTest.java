package dev.carillon.api;

import static dev.carillon.api.ApiServer.postBody;
import static dev.carillon.core.kernel.ErrorCode.OUTCOME_UNCONFIRMED;
import static dev.carillon.core.kernel.ErrorCode.PLATFORM_REJECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.platform.DeletesPosts.Deletion;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platformcommand.PlatformCommand;
import dev.carillon.core.platformcommand.PlatformCommandService;
import dev.carillon.core.publication.intervention.DeletionRecords;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What callers can do with a publication after it was accepted. */
class LifecycleOverHttpTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final PublishOutcome PUBLISHED =
            new PublishOutcome.Published(new PlatformPost("7", "https://played.example/7", Map.of()));
    private static final PublishOutcome REJECTED =
            new PublishOutcome.Rejected(Failure.of(PLATFORM_REJECTED, "not like this"));
    private static final PublishOutcome UNCONFIRMED =
            new PublishOutcome.Unconfirmed(Failure.of(OUTCOME_UNCONFIRMED, "no answer"));

    private static ApiServer api;
    private static SimulatedWorker worker;

    @BeforeAll
    static void start() {
        api = ApiServer.start(Map.of("carillon.platform-commands.max-wait", "2s"));
        worker = new SimulatedWorker(api.carillon());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void onePublicationIsCanceledAndDoingItTwiceIsHarmless() {
        var publication = publication("cancels", "\"now\"");

        var canceled = api.post(path(publication, "cancel"), "");

        assertThat(canceled.json()).containsEntry("status", "canceled");
        assertThat(api.post(path(publication, "cancel"), "{}").text()).isEqualTo(canceled.text());
    }

    @Test
    void whatIsBeingPublishedCanNoLongerBeCanceled() {
        var publication = publication("too-late", "\"now\"");
        worker.startAttempt(publication, worker.claim(publication));

        api.post(path(publication, "cancel"), "").refused(409, "already_publishing");
    }

    @Test
    void whatIsPublishedCannotBeCanceled() {
        api.post(path(published("out"), "cancel"), "").refused(409, "not_cancelable");
    }

    @Test
    void aFailedPostIsSentAgainAndAPublishedOneIsNot() {
        var post = post("retries", "\"now\"");
        var publication = post.ids("publications").getFirst();
        var path = "/v1/posts/" + post.string("id") + "/retry";
        api.post(path, "").refused(409, "nothing_to_retry");
        worker.publish(publication, REJECTED);

        var retried = api.post(path, "{\"targets\":[\"%s\"]}".formatted(publication));

        assertThat(retried.json()).containsEntry("status", "scheduled");
        worker.publish(publication, PUBLISHED);
        assertThat(api.get("/v1/publications/" + publication).json())
                .containsEntry("status", "published")
                .containsEntry("attempts", 2);
        api.post(path, "{\"targets\":[\"%s\"]}".formatted(publication)).refused(409, "already_published");
        api.post(path, "{}").refused(409, "nothing_to_retry");
    }

    @Test
    void targetsOfARetryAreCheckedOneByOne() {
        var post = post("targets", "\"now\"");
        var path = "/v1/posts/" + post.string("id") + "/retry";

        assertThat(api.post(path, "{\"targets\":[\"pub_x\"]}")
                        .refused(404, "not_found")
                        .string("param"))
                .isEqualTo("/targets/0");
        api.post(path, "{\"targets\":[\"%s\"]}".formatted(publication("stranger", "\"draft\"")))
                .refused(404, "not_found");
        api.post(path, "{\"targets\":[]}").refused(422, "invalid_parameter");
        api.post(path, "{\"target\":[]}").refused(422, "unknown_parameter");
        api.post("/v1/posts/post_x/retry", "").refused(404, "not_found");
    }

    // Otherwise a repetition after a lost reply would start another retry.
    @Test
    void aRetryUnderAKeyIsDoneOnce() {
        var post = post("keyed", "\"now\"");
        worker.publish(post.ids("publications").getFirst(), REJECTED);
        var path = "/v1/posts/" + post.string("id") + "/retry";

        var first = api.post(path, "{}", "Idempotency-Key", "again");
        worker.publish(post.ids("publications").getFirst(), REJECTED);
        var repeated = api.post(path, "{}", "Idempotency-Key", "again");

        assertThat(repeated.text()).isEqualTo(first.text());
        assertThat(api.get("/v1/posts/" + post.string("id")).json()).containsEntry("status", "failed");
    }

    @Test
    void anUnknownOutcomeIsResolvedByWord() {
        var publication = unknown("resolves");

        var resolved = api.post(path(publication, "resolve"), """
                {"outcome": "published", "permalink": "https://played.example/9", "platform_post_id": "9"}
                """);

        assertThat(resolved.json())
                .containsEntry("status", "published")
                .containsEntry("permalink", "https://played.example/9")
                .containsEntry("platform_post_id", "9");
        api.post(path(publication, "resolve"), "{\"outcome\":\"published\"}").refused(409, "outcome_known");
    }

    @Test
    void thatItIsNotThereCanBeSaidOnceNothingCanStillArrive() {
        var publication = unknown("absent");
        var word = "{\"outcome\":\"not_published\",\"then\":\"fail\"}";

        api.post(path(publication, "resolve"), word, "Idempotency-Key", "early").refused(409, "outcome_still_open");
        worker.number("""
                UPDATE attempt SET call_until = clock_timestamp() - interval '1 hour' WHERE publication_id = '%s' RETURNING number
                """.formatted(SimulatedWorker.idOf(publication).value()));
        var resolved = api.post(path(publication, "resolve"), word, "Idempotency-Key", "early");

        assertThat(resolved.json()).containsEntry("status", "failed");
        assertThat(resolved.text()).contains("reported_not_published").contains("/retry");
    }

    @Test
    void aWordThatMakesNoSenseIsRefused() {
        var path = path(unknown("nonsense"), "resolve");

        api.post(path, "{}").refused(422, "invalid_parameter");
        api.post(path, "{\"outcome\":\"maybe\"}").refused(422, "invalid_parameter");
        api.post(path, "{\"outcome\":\"not_published\"}").refused(422, "invalid_parameter");
        api.post(path, "{\"outcome\":\"not_published\",\"then\":\"wait\"}").refused(422, "invalid_parameter");
        api.post(path, "{\"outcome\":\"published\",\"then\":\"fail\"}").refused(422, "invalid_parameter");
        api.post(path, "{\"outcome\":\"not_published\",\"then\":\"fail\",\"permalink\":\"https://a.example\"}")
                .refused(422, "invalid_parameter");
        assertThat(api.post(path, "{\"outcome\":\"published\",\"permalink\":\"javascript:alert(1)\"}")
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/permalink");
    }

    @Test
    void aRequestToAskThePlatformWaitsForTheWorkersAnswer() {
        var publication = unknown("reconciles");
        runsNext(command -> {
            api.post(path(publication, "resolve"), "{\"outcome\":\"published\"}");
            api.carillon().bean(PlatformCommandService.class).end(command, null);
        });

        var reconciled = api.post(path(publication, "reconcile"), "");

        assertThat(reconciled.status()).as(reconciled.text()).isEqualTo(200);
        assertThat(reconciled.json()).containsEntry("status", "published").containsEntry("permalink", null);
    }

    @Test
    void onlyWhatIsPublishedOrUnknownCanBeAskedFor() {
        api.post(path(publication("draft", "\"draft\""), "reconcile"), "").refused(409, "nothing_to_reconcile");
    }

    @Test
    void aPostIsDeletedFromThePlatformOnceTheWorkerHasDoneIt() throws InterruptedException {
        var publication = published("deletes");
        var run =
                runsNext(command -> api.carillon().bean(DeletionRecords.class).record(command, new Deletion.Deleted()));

        var deleted = api.post(path(publication, "delete"), "");
        run.join();

        assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
        assertThat(deleted.json()).containsEntry("status", "published");
        assertThat(deleted.string("deleted_at")).startsWith("20");
        assertThat(api.post(path(publication, "delete"), "").text()).isEqualTo(deleted.text());
        assertThat(api.get("/v1/events?object_id=" + publication).text()).contains("publication.deleted");
    }

    // A 202 must not be stored as the final reply for the idempotency key.
    @Test
    void aDeletionThatTakesLongIsAnsweredAsUnderWayAndTheKeyStaysOpen() throws InterruptedException {
        var publication = published("takes-long");

        var waiting = api.post(path(publication, "delete"), "", "Idempotency-Key", "slowly");
        assertThat(waiting.status()).isEqualTo(202);
        assertThat(waiting.json()).containsEntry("deleted_at", null);

        var run =
                runsNext(command -> api.carillon().bean(DeletionRecords.class).record(command, new Deletion.Deleted()));
        assertThat(api.post(path(publication, "delete"), "", "Idempotency-Key", "slowly")
                        .status())
                .isEqualTo(200);
        run.join();
        assertThat(api.post(path(publication, "delete"), "", "Idempotency-Key", "slowly")
                        .header("Idempotent-Replayed"))
                .contains("true");
    }

    @Test
    void aPlatformThatRefusesTheDeletionIsQuoted() throws InterruptedException {
        var publication = published("refuses");
        var run = runsNext(command -> api.carillon()
                .bean(DeletionRecords.class)
                .record(command, new Deletion.NotDeleted(Failure.of(PLATFORM_REJECTED, "It is too old."))));

        var refused = api.post(path(publication, "delete"), "");
        run.join();

        assertThat(refused.refused(422, "platform_rejected").string("detail")).isEqualTo("It is too old.");
    }

    @Test
    void whatCannotBeDeletedIsRefusedAtOnce() throws SQLException {
        api.post(path(publication("unsent", "\"draft\""), "delete"), "").refused(409, "not_published");
        var publication = published("tick");
        becomesOneOfTikTok(publication);

        api.post(path(publication, "delete"), "").refused(422, "delete_not_supported");
    }

    @Test
    void aDisconnectedAccountHoldsWhatIsPendingUntilItIsBack() {
        var account = api.account("leaves");
        var inAnHour = "{\"at\":\"%s\"}".formatted(Instant.now().plusSeconds(3600));
        var publication = api.post("/v1/posts", postBody(account, "hello", inAnHour))
                .ids("publications")
                .getFirst();

        api.delete("/v1/accounts/" + account);
        assertThat(api.get("/v1/publications/" + publication).json())
                .containsEntry("status", "held")
                .containsEntry("hold_reason", "account_disconnected");

        api.account("leaves");
        assertThat(api.get("/v1/publications/" + publication).json())
                .containsEntry("status", "scheduled")
                .containsEntry("hold_reason", null);
    }

    @Test
    void everyRouteNeedsItsScopeAndItsTenant() {
        var publication = publication("fenced", "\"now\"");
        var workspace = api.carillon().test().workspace();
        var reader = ApiServer.secretOf(api.carillon()
                .bean(ApiKeyAuthenticator.class)
                .create(workspace, Mode.TEST, "reader", Set.of(Scope.POSTS_READ)));
        var stranger = ApiServer.secretOf(api.carillon().newKey(api.carillon().newWorkspace(), Mode.TEST));
        var word = "{\"outcome\":\"published\"}";

        for (var act : List.of("cancel", "resolve", "reconcile", "delete")) {
            var body = act.equals("resolve") ? word : "{}";
            api.exchange(ApiServer.withKey(api.request("POST", path(publication, act), body), reader))
                    .refused(403, "scope_missing");
            api.exchange(ApiServer.withKey(api.request("POST", path(publication, act), body), stranger))
                    .refused(404, "not_found");
        }
    }

    /** Runs the next platform command, as a worker would, while its request waits. */
    private static Thread runsNext(Consumer<PlatformCommand> work) {
        var commands = api.carillon().bean(PlatformCommandService.class);
        return Thread.ofVirtual().start(() -> await().atMost(SOON)
                .pollInterval(LOOK_EVERY)
                .until(() -> commands.claim(1, SOON, List.of()), claimed -> !claimed.isEmpty())
                .forEach(claimed -> work.accept(claimed.command())));
    }

    private static String path(String publication, String act) {
        return "/v1/publications/" + publication + "/" + act;
    }

    private static ApiServer.Reply post(String username, String publish) {
        return api.post("/v1/posts", postBody(api.account(username), "hello", publish));
    }

    private static String publication(String username, String publish) {
        return post(username, publish).ids("publications").getFirst();
    }

    private static String published(String username) {
        var publication = publication(username, "\"now\"");
        worker.publish(publication, PUBLISHED);
        return publication;
    }

    /** Moves the account to TikTok. The API cannot create a text post there, because TikTok requires a video. */
    private static void becomesOneOfTikTok(String publication) throws SQLException {
        try (var connection = api.carillon().database().asOwner().getConnection();
                var update = connection.prepareStatement("""
                        UPDATE account SET platform = 'tiktok'
                        WHERE id = (SELECT account_id FROM publication WHERE id = ?)
                        """)) {
            update.setObject(1, SimulatedWorker.idOf(publication).value());
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private static String unknown(String username) {
        var publication = publication(username, "\"now\"");
        worker.publish(publication, UNCONFIRMED);
        return publication;
    }
}
