package dev.carillon.worker;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.post.Post;
import dev.carillon.core.post.PostService;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationService;
import dev.carillon.core.publication.PublicationStatus;
import dev.carillon.core.publication.attempt.Attempt;
import dev.carillon.core.testing.DeletingPlatform;
import dev.carillon.core.testing.TestCarillon;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A worker role with its own database and a simulated platform, and the queries that tests need. */
final class Workshop implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(20);

    private final TestCarillon carillon;
    private final Actor actor;
    private final WorkerRole role;
    private final AtomicInteger number = new AtomicInteger();

    Workshop(Map<String, Object> settings) {
        var all = new HashMap<String, Object>(Map.of(
                "carillon.testing.played-platform", "deleting",
                "carillon.publishing.retries.platform", "100ms,100ms",
                "carillon.publishing.call-deadline", "500ms",
                "carillon.publishing.absence-grace", "200ms",
                "carillon.dispatch.lease", "1s",
                "carillon.platform-commands.retries", "100ms,100ms"));
        all.putAll(settings);
        carillon = TestCarillon.start(all);
        actor = carillon.test();
        role = carillon.bean(WorkerRole.class);
    }

    Workshop start() {
        role.start();
        return this;
    }

    Actor actor() {
        return actor;
    }

    /** An actor with every scope, in the test mode of a new workspace. */
    Actor newTester() {
        return carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.TEST));
    }

    /** An actor in the same workspace's live mode. */
    Actor live() {
        return carillon.live();
    }

    DeletingPlatform platform() {
        return carillon.bean(DeletingPlatform.class);
    }

    <T> T bean(Class<T> type) {
        return carillon.bean(type);
    }

    Account account(String username) {
        var identity = new Identity(username, username, null, null, "sandbox");
        return bean(AccountService.class)
                .connect(actor, new NewAccount(Platform.SANDBOX, identity, Credentials.NONE, Map.of()));
    }

    Post post(Account... accounts) {
        return post(new When.Now(), accounts);
    }

    Post post(When when, Account... accounts) {
        var text = "hello " + number.incrementAndGet();
        return bean(PostService.class)
                .accept(actor, aPost(text).on(accounts).when(when).build())
                .post();
    }

    /** Publishes a post with one publication now. */
    PublicationId publish(String username) {
        return post(account(username)).publications().getFirst().id();
    }

    Publication get(PublicationId id) {
        return bean(PublicationService.class).get(actor, id);
    }

    Publication get(Actor whose, PublicationId id) {
        return bean(PublicationService.class).get(whose, id);
    }

    Publication awaitStatus(PublicationId id, PublicationStatus status) {
        return awaitStatus(actor, id, status);
    }

    Publication awaitStatus(Actor whose, PublicationId id, PublicationStatus status) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(get(whose, id).status()).isEqualTo(status));
        return get(whose, id);
    }

    List<Attempt> attempts(PublicationId id) {
        return bean(PublicationService.class).attempts(actor, id);
    }

    List<String> events(PublicationId id) {
        return carillon.eventsAbout(actor, id).stream().map(RecordedEvent::type).toList();
    }

    List<String> steps(PublicationId id) {
        return bean(Transactions.class).acrossWorkspaces(() -> bean(Sql.class)
                .of("SELECT kind FROM publication_step WHERE publication_id = ? ORDER BY at", id)
                .list(row -> row.text("kind")));
    }

    long count(String statement, Object... values) {
        return bean(Transactions.class)
                .acrossWorkspaces(() -> bean(Sql.class).of(statement, values).one(row -> row.number("n")));
    }

    int update(String statement, Object... values) {
        return bean(Transactions.class)
                .acrossWorkspaces(() -> bean(Sql.class).of(statement, values).update());
    }

    /** The state of the publication's reservation. */
    String reservation(PublicationId id) {
        return bean(Transactions.class).acrossWorkspaces(() -> bean(Sql.class)
                .of("SELECT state FROM spend_reservation WHERE publication_id = ?", id)
                .one(row -> row.text("state")));
    }

    /** Closes the database for good. */
    void loseDatabase() {
        carillon.database().close();
    }

    @Override
    public void close() {
        role.close();
        carillon.close();
    }
}
