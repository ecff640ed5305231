package dev.carillon.core.publication;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.PauseScope;
import dev.carillon.core.platform.PublishOutcome.Published;
import dev.carillon.core.platform.PublishOutcome.Rejected;
import dev.carillon.core.platform.PublishOutcome.Unavailable;
import dev.carillon.core.platform.PublishOutcome.Unconfirmed;
import dev.carillon.core.platform.ReplyTo;
import dev.carillon.core.post.Post;
import dev.carillon.core.post.PostService;
import dev.carillon.core.post.RetryService;
import dev.carillon.core.publication.attempt.AttemptService;
import dev.carillon.core.publication.attempt.Ended;
import dev.carillon.core.publication.attempt.OutcomeService;
import dev.carillon.core.publication.attempt.StartedAttempt;
import dev.carillon.core.publication.reconciliation.Resolution;
import dev.carillon.core.publication.reconciliation.ResolveService;
import dev.carillon.core.testing.TestCarillon;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to the parts of a thread depends on what happens to the part before them. */
@Timeout(60)
class ThreadsTest {
    private static final Duration LEASE = Duration.ofSeconds(90);
    private static final Rejected NO = new Rejected(Failure.of(ErrorCode.PLATFORM_REJECTED, "no"));
    private static final Failure NO_ANSWER = Failure.of(ErrorCode.OUTCOME_UNCONFIRMED, "no answer");

    private static TestCarillon carillon;
    private static Actor actor;
    private static final AtomicInteger NAMES = new AtomicInteger();

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start(Map.of("carillon.testing.played-platform", "true"));
        actor = carillon.test();
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void eachPartIsAPublicationOfItsOwnOnEachAccount() {
        var post = create(2, account(), account());

        assertThat(post.status()).isEqualTo(PostStatus.SCHEDULED);
        assertThat(post.publications()).extracting(Publication::position).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(post.publications()).extracting(Publication::part).containsExactly(0, 1, 2, 0, 1, 2);
        for (int first : List.of(0, 3)) {
            var root = post.publications().get(first);
            assertThat(place(post, first)).isEqualTo(new ThreadPlace(root.id(), null, 0));
            assertThat(place(post, first + 1)).isEqualTo(new ThreadPlace(root.id(), root.id(), 1));
            assertThat(place(post, first + 2)).isEqualTo(new ThreadPlace(root.id(), id(post, first + 1), 2));
        }
        assertThat(states(post)).containsExactly("scheduled", WAITS, WAITS, "scheduled", WAITS, WAITS);
        assertThat(reservations(post)).containsOnly("reserved").hasSize(6);
        assertThat(carillon.bean(PostService.class).get(actor, post.id())).isEqualTo(post);
    }

    @Test
    void aPostAloneIsInNoThread() {
        var post = create(0, account());

        assertThat(post.publications())
                .singleElement()
                .extracting(Publication::thread)
                .isNull();
    }

    @Test
    void whenAPartIsOutTheNextIsDueAndKnowsWhatItRepliesTo() {
        var post = create(2, account());

        publish(id(post, 0));
        assertThat(states(post)).containsExactly("published", "scheduled", WAITS);
        assertThat(status(post)).isEqualTo(PostStatus.IN_PROGRESS);

        var second = startAttempt(id(post, 1));
        assertThat(second.text()).isEqualTo("part 1");
        assertThat(second.replyTo()).isEqualTo(new ReplyTo(simulated(id(post, 0)), simulated(id(post, 0))));
        end(second, new Published(simulated(id(post, 1))));
        var third = startAttempt(id(post, 2));
        assertThat(third.replyTo()).isEqualTo(new ReplyTo(simulated(id(post, 1)), simulated(id(post, 0))));
        end(third, new Published(simulated(id(post, 2))));

        assertThat(states(post)).containsOnly("published");
        assertThat(status(post)).isEqualTo(PostStatus.PUBLISHED);
        assertThat(reservations(post)).containsOnly("settled");
        assertThat(events(id(post, 2))).containsExactly("publication.scheduled", "publication.published");
        assertThat(number("SELECT count(*) AS n FROM meter_event WHERE publication_id = ANY (?::uuid[])", ids(post)))
                .isEqualTo(3);
    }

    // Without a hint, the dispatcher would find the part only with the next sweep.
    @Test
    void theDispatcherIsToldOfThePartThatIsDue() {
        var account = account();
        var post = create(1, account);
        var before = hints(account);

        publish(id(post, 0));

        assertThat(hints(account)).isEqualTo(before + 1);
    }

    // Money that is reserved for parts that will not be sent is not available for other posts.
    @Test
    void whenAPartFailsTheRestIsHeldAndItsCostIsFreeAndThePostHasEnded() {
        var post = create(3, account());
        publish(id(post, 0));

        end(startAttempt(id(post, 1)), NO);

        assertThat(states(post)).containsExactly("published", "failed", STOPPED, STOPPED);
        assertThat(status(post)).isEqualTo(PostStatus.PARTIALLY_PUBLISHED);
        assertThat(get(post).rests()).isTrue();
        assertThat(reservations(post)).containsExactly("settled", "released", "released", "released");
        assertThat(Objects.requireNonNull(get(post).publications().get(3).failure()))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PARENT_NOT_PUBLISHED))
                .satisfies(failure ->
                        assertThat(failure.message()).contains(id(post, 1).toString(), "failed"));
        assertThat(events(id(post, 3))).containsExactly("publication.held");
        assertThat(postEvents(post)).containsExactly("post.created", "post.partially_published");
    }

    @Test
    void aThreadWhoseFirstPartFailsHasFailed() {
        var post = create(2, account());

        end(startAttempt(id(post, 0)), NO);

        assertThat(status(post)).isEqualTo(PostStatus.FAILED);
        assertThat(states(post)).containsExactly("failed", STOPPED, STOPPED);
    }

    @Test
    void aRetryGoesOnFromThePartThatFailed() {
        var post = create(3, account());
        publish(id(post, 0));
        end(startAttempt(id(post, 1)), NO);

        var again = carillon.bean(RetryService.class).retry(actor, post.id(), List.of(), false);

        assertThat(states(again)).containsExactly("published", "scheduled", WAITS, WAITS);
        assertThat(again.status()).isEqualTo(PostStatus.IN_PROGRESS);
        assertThat(reservations(post)).containsExactly("settled", "reserved", "reserved", "reserved");
        for (int part : List.of(1, 2, 3)) {
            publish(id(post, part));
        }
        assertThat(status(post)).isEqualTo(PostStatus.PUBLISHED);
        assertThat(reservations(post)).containsOnly("settled");
    }

    // Days after a thread broke, another post may already have said what its later parts say.
    @Test
    void partsThatAreTriedAgainMeetWhatWasSaidMeanwhile() {
        var account = account();
        var post = create(1, account);
        end(startAttempt(id(post, 0)), NO);
        asOwner("UPDATE publication SET publish_at = publish_at - interval '3 days' WHERE post_id = '%s'"
                .formatted(post.id().value()));
        var meanwhile = carillon.bean(PostService.class)
                .accept(actor, aPost("part 1").on(account).build())
                .post();
        publish(id(meanwhile, 0));

        assertThatThrownBy(() -> carillon.bean(RetryService.class).retry(actor, post.id(), List.of(), false))
                .satisfies(refusedWith(ErrorCode.DUPLICATE_CONTENT));
        assertThat(states(post)).containsExactly("failed", STOPPED);
    }

    @Test
    void aRetryByAccountTakesThePartThatFailedAndOneByALaterPartIsRefused() {
        var account = account();
        var post = create(2, account);
        publish(id(post, 0));
        end(startAttempt(id(post, 1)), NO);
        var retries = carillon.bean(RetryService.class);

        assertThatThrownBy(() -> retries.retry(actor, post.id(), List.of(id(post, 2)), false))
                .satisfies(refusedWith(ErrorCode.NOTHING_TO_RETRY))
                .hasMessageContaining("the part before it");
        assertThat(states(retries.retry(actor, post.id(), List.of(account.id()), false)))
                .containsExactly("published", "scheduled", WAITS);
    }

    @Test
    void whatIsTriedAgainByItselfKeepsTheRestWaiting() {
        var post = create(1, account());

        end(startAttempt(id(post, 0)), new Unavailable(Failure.of(ErrorCode.PLATFORM_UNAVAILABLE, "down")));

        assertThat(states(post)).containsExactly("scheduled", WAITS);
        assertThat(events(id(post, 1))).isEmpty();
    }

    @Test
    void whatMayBeOutKeepsTheRestWaitingUntilItIsKnown() {
        var post = create(1, account());
        end(startAttempt(id(post, 0)), new Unconfirmed(NO_ANSWER));
        assertThat(states(post)).containsExactly("outcome_unknown", WAITS);
        assertThat(get(post).rests()).isTrue();
        var resolve = carillon.bean(ResolveService.class);

        assertThatThrownBy(() -> resolve.resolve(actor, id(post, 0), new Resolution.Published(null, null)))
                .satisfies(refusedWith(ErrorCode.INVALID_PARAMETER))
                .hasMessageContaining("platform_post_id");
        resolve.resolve(actor, id(post, 0), new Resolution.Published(null, "17"));

        assertThat(states(post)).containsExactly("published", "scheduled");
        assertThat(Objects.requireNonNull(startAttempt(id(post, 1)).replyTo())
                        .parent()
                        .id())
                .isEqualTo("17");
    }

    @Test
    void whoCancelsAPartCancelsWhatFollowsAndNothingElse() {
        var post = create(3, account(), account());

        carillon.bean(PublicationService.class).cancel(actor, id(post, 1));

        assertThat(states(post))
                .containsExactly("scheduled", "canceled", "canceled", "canceled", "scheduled", WAITS, WAITS, WAITS);
        assertThat(reservations(post)).filteredOn("released"::equals).hasSize(3);
        publish(id(post, 0));
        assertThat(states(post).subList(0, 4)).containsExactly("published", "canceled", "canceled", "canceled");
    }

    @Test
    void aPostIsCanceledWithItsThread() {
        var post = create(2, account());

        assertThat(carillon.bean(PostService.class).cancel(actor, post.id()).status())
                .isEqualTo(PostStatus.CANCELED);

        assertThat(states(post)).containsOnly("canceled");
        assertThat(reservations(post)).containsOnly("released");
    }

    @Test
    void whatWaitsForItsThreadIsNotSentBecauseItsAccountIsBack() {
        var account = account();
        var post = create(1, account);
        carillon.bean(AccountService.class).disconnect(actor, account.id());
        assertThat(states(post)).containsExactly("held account_disconnected", WAITS);

        connect(account.username());

        assertThat(states(post)).containsExactly("scheduled", WAITS);
    }

    // Both are written or neither: if the process died in between, the next part would never be sent.
    @Test
    void anOutcomeIsNotRecordedWhereWhatFollowsCannotBeWritten() {
        var post = create(1, account());
        var attempt = startAttempt(id(post, 0));
        refuseUpdatesOf(id(post, 1));

        assertThatThrownBy(() -> end(attempt, new Published(simulated(id(post, 0)))))
                .hasMessageContaining("refused here");
        assertThat(states(post)).containsExactly("publishing", WAITS);

        allowUpdates();
        end(attempt, new Published(simulated(id(post, 0))));
        assertThat(states(post)).containsExactly("published", "scheduled");
    }

    // Without a lock on the next part, a canceled part could become due, or a due one could be lost.
    @Test
    void aCancelAndTheOutcomeOfThePartBeforeMeetInOneOrderOrTheOther() throws Exception {
        for (int round = 0; round < 15; round++) {
            var post = create(2, account());
            var attempt = startAttempt(id(post, 0));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var outcome = threads.submit(() -> end(attempt, new Published(simulated(id(post, 0)))));
                var cancel =
                        threads.submit(() -> carillon.bean(PostService.class).cancel(actor, post.id()));
                outcome.get();
                cancel.get();
            }
            assertThat(states(post)).containsExactly("published", "canceled", "canceled");
            assertThat(status(post)).isEqualTo(PostStatus.PARTIALLY_PUBLISHED);
            assertThat(reservations(post)).containsExactly("settled", "released", "released");
        }
    }

    @Test
    void twoThreadsOfOnePostEndTogetherInOneGroup() {
        var post = create(1, account(), account());
        var attempts = List.of(startAttempt(id(post, 0)), startAttempt(id(post, 2)));

        carillon.bean(OutcomeService.class)
                .record(List.of(
                        new Ended(attempts.getFirst().publication().claim(), new Published(simulated(id(post, 0)))),
                        new Ended(attempts.getLast().publication().claim(), NO)));

        assertThat(states(post)).containsExactly("published", "scheduled", "failed", STOPPED);
    }

    @Test
    void whatIsThrottledKeepsTheRestWaiting() {
        var post = create(1, account());

        end(
                startAttempt(id(post, 0)),
                new PublishOutcome.Throttled(
                        carillon.bean(Clocks.class).now().plusSeconds(60),
                        PauseScope.ACCOUNT,
                        Failure.of(ErrorCode.PLATFORM_RATE_LIMITED, "slow")));

        assertThat(states(post)).containsExactly("scheduled", WAITS);
    }

    @Test
    void revisionsThatWereStoredBeforeThereWereThreadsHaveNone() {
        var content = carillon.bean(Json.class)
                .read("{\"text\": \"old\", \"targets\": {\"acct_1\": {\"settings\": {}}}}", RevisionContent.class);

        assertThat(content.thread()).isEmpty();
        assertThat(content.targets()).hasSize(1);
    }

    private static final String WAITS = "held waiting_for_parent";
    private static final String STOPPED = "held parent_not_published";

    private static Post create(int parts, Account... accounts) {
        var thread =
                IntStream.rangeClosed(1, parts).mapToObj(part -> "part " + part).toList();
        return carillon.bean(PostService.class)
                .accept(
                        actor,
                        aPost("the post itself").on(accounts).followedBy(thread).build())
                .post();
    }

    private static Account account() {
        return connect("account " + NAMES.incrementAndGet());
    }

    private static Account connect(String username) {
        var identity = new Identity(username, username, null, null, "sandbox");
        return carillon.bean(AccountService.class)
                .connect(actor, new NewAccount(Platform.SANDBOX, identity, Credentials.NONE, Map.of()));
    }

    private static void publish(PublicationId id) {
        end(startAttempt(id), new Published(simulated(id)));
    }

    private static PlatformPost simulated(PublicationId id) {
        return new PlatformPost("played-" + id, "https://played.example/" + id, Map.of("id", "played-" + id));
    }

    /** Claims the publication as a dispatcher does, and starts an attempt. */
    private static StartedAttempt startAttempt(PublicationId id) {
        long generation = number(
                "UPDATE publication SET generation = generation + 1, lease_until = clock_timestamp() + interval '90 seconds'"
                        + " WHERE id = ? AND status = 'scheduled' RETURNING generation AS n",
                id);
        return carillon.bean(AttemptService.class)
                .start(List.of(new Claim(id, generation)), "a worker", LEASE)
                .getFirst();
    }

    private static Publication end(StartedAttempt attempt, PublishOutcome outcome) {
        var publication = attempt.publication();
        return carillon.bean(OutcomeService.class)
                .record(publication.id(), publication.generation(), outcome)
                .orElseThrow();
    }

    private static Post get(Post post) {
        return carillon.bean(PostService.class).get(actor, post.id());
    }

    private static PostStatus status(Post post) {
        return get(post).status();
    }

    private static List<String> states(Post post) {
        return get(post).publications().stream()
                .map(publication -> publication.state() instanceof PublicationState.Held(var reason, var failure)
                        ? "held " + reason.wireName()
                        : publication.status().wireName())
                .toList();
    }

    private static PublicationId id(Post post, int position) {
        return post.publications().get(position).id();
    }

    private static List<PublicationId> ids(Post post) {
        return post.publications().stream().map(Publication::id).toList();
    }

    private static ThreadPlace place(Post post, int position) {
        return Objects.requireNonNull(post.publications().get(position).thread());
    }

    private static List<String> reservations(Post post) {
        var states = new ArrayList<String>();
        for (var id : ids(post)) {
            states.add(carillon.bean(Transactions.class).acrossWorkspaces(() -> carillon.bean(Sql.class)
                    .of("SELECT state FROM spend_reservation WHERE publication_id = ?", id)
                    .one(row -> row.text("state"))));
        }
        return states;
    }

    private static long hints(Account account) {
        return number("SELECT count(*) AS n FROM publication_hint WHERE lane_key = ?", account.id());
    }

    private static List<String> events(PublicationId id) {
        return events(id.toString());
    }

    private static List<String> postEvents(Post post) {
        return events(post.id().toString());
    }

    private static List<String> events(String object) {
        return carillon.eventsAbout(actor, object).stream()
                .map(RecordedEvent::type)
                .toList();
    }

    private static long number(String statement, Object... values) {
        return carillon.bean(Transactions.class)
                .acrossWorkspaces(
                        () -> carillon.bean(Sql.class).of(statement, values).one(row -> row.number("n")));
    }

    private static void refuseUpdatesOf(PublicationId id) {
        asOwner("""
                CREATE FUNCTION refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'refused here'; END $$;
                CREATE TRIGGER refuse_update BEFORE UPDATE ON publication
                FOR EACH ROW WHEN (old.id = '%s') EXECUTE FUNCTION refuse_update();
                """.formatted(id.value()));
    }

    private static void allowUpdates() {
        asOwner("DROP TRIGGER refuse_update ON publication; DROP FUNCTION refuse_update();");
    }

    private static void asOwner(String statements) {
        try (var connection = carillon.database().asOwner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Consumer<Throwable> refusedWith(ErrorCode code) {
        return thrown -> assertThat(((ApiException) thrown).code()).isEqualTo(code);
    }
}
