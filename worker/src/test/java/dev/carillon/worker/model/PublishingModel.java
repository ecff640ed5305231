package dev.carillon.worker.model;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Sql;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.pacing.Pause;
import dev.carillon.core.pacing.Pauses;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PlatformTicket;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.PauseScope;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.post.Post;
import dev.carillon.core.post.PostService;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationState;
import dev.carillon.core.publication.PublicationStatus;
import dev.carillon.core.publication.PublishingConfig;
import dev.carillon.core.publication.attempt.AttemptService;
import dev.carillon.core.publication.attempt.OutcomeService;
import dev.carillon.core.publication.reconciliation.ReconciliationService;
import dev.carillon.core.publication.reconciliation.UnresolvedPublication;
import dev.carillon.core.testing.MovableClocks;
import dev.carillon.core.testing.SimulatedPlatform;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.jobs.lane.ClaimCapacity;
import dev.carillon.jobs.lane.Claimed;
import dev.carillon.jobs.lane.LaneFactory;
import dev.carillon.jobs.lane.LaneTables;
import dev.carillon.jobs.lane.Lanes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The real services on a real database, a model of the platform that counts what it accepted, and the invariants that are checked
 * after each step. Two workers and three accounts of one workspace run in one thread; other tests cover races.
 */
final class PublishingModel {
    private static final Duration LEASE = Duration.ofHours(1);
    private static final Failure TROUBLE = Failure.of(ErrorCode.PLATFORM_UNAVAILABLE, "trouble");

    private final TestCarillon carillon;
    private final Actor actor;
    private final MovableClocks clocks;
    private final ModelRows rows;
    private final List<Account> accounts;
    private final List<Worker> workers;
    private final Map<PublicationId, Known> known = new LinkedHashMap<>();
    private final Map<AccountId, Instant> pausedUntil = new HashMap<>();
    private final Set<Claim> starts = new HashSet<>();

    /** Abandoned calls that may still arrive at the platform. */
    private final List<PublicationId> onTheWire = new ArrayList<>();

    PublishingModel(TestCarillon carillon) {
        this.carillon = carillon;
        this.actor = carillon.test();
        this.clocks = carillon.bean(MovableClocks.class);
        this.rows = new ModelRows(carillon.bean(Transactions.class), carillon.bean(Sql.class));
        this.accounts =
                IntStream.range(0, 3).mapToObj(i -> connect("account " + i)).toList();
        this.workers =
                List.of(new Worker(carillon.bean(LaneFactory.class)), new Worker(carillon.bean(LaneFactory.class)));
    }

    /** What the model knows about a publication, in addition to the tables. */
    private static final class Known {
        private final Post post;
        private Instant notBefore;
        private PublicationStatus status = PublicationStatus.SCHEDULED;
        private int acceptedByPlatform;

        Known(Post post, Instant notBefore) {
            this.post = post;
            this.notBefore = notBefore;
        }
    }

    /** A worker process; it forgets everything when it dies. */
    private static final class Worker {
        private final Lanes lanes;
        private final List<Claim> claimed = new ArrayList<>();
        private final List<Running> running = new ArrayList<>();

        Worker(LaneFactory lanes) {
            this.lanes = lanes.of(LaneTables.PUBLICATIONS);
        }
    }

    private static final class Running {
        private final Claim claim;
        private boolean sent;
        private boolean overdue;

        Running(Claim claim) {
            this.claim = claim;
        }
    }

    void take(Step step) {
        switch (step) {
            case Step.Create create -> create(create);
            case Step.Cancel(int publication) -> cancel(publication);
            case Step.Claim(int worker, int count) -> claim(worker(worker), count);
            case Step.Start(int worker) -> startAttempt(worker(worker));
            case Step.Send(int worker) -> send(worker(worker));
            case Step.End(int worker, var ending) -> end(worker(worker), ending);
            case Step.Crash(int worker) -> die(worker(worker));
            case Step.LeasesPass() -> leasesPass();
            case Step.Sweep() -> workers.getFirst().lanes.sweep();
            case Step.Settle(boolean answers) -> unresolved().forEach(unresolved -> settle(unresolved, answers));
            case Step.AskAndDie() -> unresolved();
            case Step.Advance(int seconds) -> clocks.advance(Duration.ofSeconds(seconds));
            case Step.Pause(var scope, int account, int seconds) -> pause(scope, account(account), seconds);
            case Step.Reconnect(int account) -> connect(account(account).username());
        }
        check();
    }

    /** Brings every open publication to an end and checks the results. */
    void finish() {
        workers.forEach(this::die);
        leasesPass();
        accounts.forEach(account -> connect(account.username()));
        for (int round = 0; round < 20 && isAnythingOpen(); round++) {
            clocks.advance(Duration.ofDays(2));
            everythingDueIsClaimed();
            workers.forEach(worker -> {
                startAttempt(worker);
                List.copyOf(worker.running).forEach(running -> {
                    send(worker);
                    end(worker, Step.Ending.FINE);
                });
            });
            unresolved().forEach(unresolved -> settle(unresolved, true));
            check();
        }
        for (int i = 0; i < known.size(); i++) {
            cancel(i);
        }
        check();
        for (var row : rows.of(known.keySet())) {
            assertThat(row.status().isTerminal()).as("%s has ended", row).isTrue();
            assertThat(row.status() == PublicationStatus.PUBLISHED)
                    .as("%s is published if and only if the platform has it", row)
                    .isEqualTo(of(row.id()).acceptedByPlatform == 1);
        }
    }

    private boolean isAnythingOpen() {
        return rows.of(known.keySet()).stream()
                .anyMatch(row -> !row.status().isTerminal() && row.status() != PublicationStatus.HELD);
    }

    /** With enough capacity and a sweep of all lanes, every due publication must be claimed. */
    private void everythingDueIsClaimed() {
        var worker = workers.getFirst();
        worker.lanes.sweep();
        while (claim(worker, 1000) > 0) {
            assertThat(worker.claimed).hasSizeLessThanOrEqualTo(known.size());
        }
        assertThat(rows.of(known.keySet()))
                .filteredOn(row -> row.status() == PublicationStatus.SCHEDULED)
                .as("every due publication is claimed")
                .allMatch(ModelRows.Found::leased);
    }

    private void create(Step.Create create) {
        var account = account(create.account());
        var time = clocks.now().plusSeconds(create.delaySeconds());
        var when = create.urgent() ? new When.Now() : new When.At(time, true);
        var text = "post " + known.size() + " of " + time;
        var post = carillon.bean(PostService.class)
                .accept(actor, aPost(text).on(account).when(when).build())
                .post();
        var publication = post.publications().getFirst();
        known.put(publication.id(), new Known(post, Objects.requireNonNull(publication.dueAt())));
    }

    private void cancel(int number) {
        if (known.isEmpty()) {
            return;
        }
        var publication = List.copyOf(known.values()).get(number % known.size());
        try {
            carillon.bean(PostService.class).cancel(actor, publication.post.id());
            assertThat(publication.acceptedByPlatform)
                    .as("a canceled publication is not on the platform")
                    .isZero();
        } catch (ApiException tooLate) {
            assertThat(tooLate.code()).isIn(ErrorCode.ALREADY_PUBLISHING, ErrorCode.NOT_CANCELABLE);
        }
    }

    private int claim(Worker worker, int count) {
        var capacity = new ClaimCapacity(count, false, Integer.MAX_VALUE, Integer.MAX_VALUE, Map.of());
        var claimed = worker.lanes.claim(capacity, LEASE, clocks.now());
        assertThat(claimed).hasSizeLessThanOrEqualTo(count);
        for (var row : claimed) {
            assertThat(pausedUntil.getOrDefault(new AccountId(row.laneKey()), Instant.EPOCH))
                    .as("a paused account is not claimed")
                    .isBeforeOrEqualTo(clocks.now());
            worker.claimed.add(claimOf(row));
        }
        return claimed.size();
    }

    private static Claim claimOf(Claimed row) {
        return new Claim(new PublicationId(row.id()), row.generation());
    }

    private void startAttempt(Worker worker) {
        if (worker.claimed.isEmpty()) {
            return;
        }
        var started = carillon.bean(AttemptService.class).start(worker.claimed, "model", LEASE);
        for (var attempt : started) {
            var claim = attempt.publication().claim();
            var publication = of(claim.publication());
            assertThat(starts.add(claim)).as("%s is started once", claim).isTrue();
            assertThat(publication.notBefore).as("not started early").isBeforeOrEqualTo(clocks.now());
            worker.running.add(new Running(claim));
        }
        worker.claimed.clear();
    }

    private void send(Worker worker) {
        worker.running.stream()
                .filter(running -> !running.sent && !running.overdue)
                .findFirst()
                .ifPresentOrElse(
                        running -> {
                            running.sent = true;
                            arrives(running.claim.publication());
                        },
                        () -> List.copyOf(onTheWire).stream().limit(1).forEach(late -> {
                            onTheWire.remove(late);
                            arrives(late);
                        }));
    }

    private void arrives(PublicationId publication) {
        of(publication).acceptedByPlatform++;
    }

    private void die(Worker worker) {
        worker.running.forEach(this::giveUp);
        worker.claimed.clear();
        worker.running.clear();
    }

    /** Abandons a call. If it was not sent, it may still arrive until its deadline. */
    private void giveUp(Running running) {
        if (!running.sent && !running.overdue) {
            onTheWire.add(running.claim.publication());
        }
    }

    private void end(Worker worker, Step.Ending ending) {
        if (worker.running.isEmpty()) {
            return;
        }
        var running = worker.running.removeFirst();
        var id = running.claim.publication();
        var outcome = outcome(running, ending);
        if (outcome instanceof PublishOutcome.Unconfirmed) {
            giveUp(running);
        }
        carillon.bean(OutcomeService.class)
                .record(id, running.claim.generation(), outcome)
                .ifPresent(this::learn);
    }

    private PublishOutcome outcome(Running running, Step.Ending ending) {
        if (running.sent) {
            return switch (ending) {
                case UNCONFIRMED, UNAVAILABLE -> new PublishOutcome.Unconfirmed(TROUBLE);
                case PROCESSING, THROTTLED ->
                    new PublishOutcome.Processing(new PlatformTicket(Map.of("ticket", "1")), Duration.ofSeconds(5));
                case FINE, REJECTED, ACCESS_LOST -> new PublishOutcome.Published(postOf(running.claim.publication()));
            };
        }
        return switch (ending) {
            case FINE, PROCESSING, UNAVAILABLE -> new PublishOutcome.Unavailable(TROUBLE);
            case UNCONFIRMED -> new PublishOutcome.Unconfirmed(TROUBLE);
            case THROTTLED -> throttled();
            case REJECTED -> new PublishOutcome.Rejected(TROUBLE);
            case ACCESS_LOST -> new PublishOutcome.AccessLost(TROUBLE);
        };
    }

    private PublishOutcome throttled() {
        return new PublishOutcome.Throttled(
                clocks.now().plusSeconds(20), PauseScope.ACCOUNT, Failure.of(ErrorCode.PLATFORM_RATE_LIMITED, "limit"));
    }

    private List<UnresolvedPublication> unresolved() {
        return carillon.bean(ReconciliationService.class).claim(100, LEASE, List.of());
    }

    private void settle(UnresolvedPublication unresolved, boolean answers) {
        var publication = unresolved.publication();
        var outcomes = carillon.bean(OutcomeService.class);
        boolean there = of(publication.id()).acceptedByPlatform > 0;
        if (publication.state() instanceof PublicationState.Processing && there) {
            outcomes.record(
                            publication.id(),
                            publication.generation(),
                            new PublishOutcome.Published(postOf(publication.id())))
                    .ifPresent(this::learn);
            return;
        }
        LookUp answer = answers
                ? there ? new LookUp.Found(postOf(publication.id())) : new LookUp.Absent()
                : new LookUp.NotAnswered(TROUBLE);
        var evidence =
                unresolved.evidence(carillon.bean(SimulatedPlatform.class), carillon.bean(PublishingConfig.class));
        carillon.bean(ReconciliationService.class)
                .settle(unresolved, answer, evidence, true)
                .ifPresent(this::learn);
    }

    private static PlatformPost postOf(PublicationId publication) {
        return new PlatformPost("model-" + publication, "https://model.example/" + publication, Map.of());
    }

    private void learn(Publication after) {
        if (after.state() instanceof PublicationState.Scheduled(var dueAt, var failure)) {
            of(after.id()).notBefore = dueAt;
        }
    }

    private void leasesPass() {
        workers.forEach(worker -> worker.running.forEach(running -> running.overdue = true));
        onTheWire.clear();
        rows.passADay(known.keySet());
    }

    private void pause(PauseScope scope, Account account, int seconds) {
        var until = clocks.now().plusSeconds(seconds);
        carillon.bean(Transactions.class).acrossWorkspaces(() -> {
            carillon.bean(Pauses.class).pause(List.of(new Pause(scope, account.id(), until)));
            return until;
        });
        var stopped =
                switch (scope) {
                    case ACCOUNT, IDENTITY -> List.of(account);
                    case APP, HOST -> accounts;
                };
        stopped.forEach(one -> pausedUntil.merge(one.id(), until, (a, b) -> a.isAfter(b) ? a : b));
    }

    private Account connect(String username) {
        var identity = new Identity(username, username, null, null, "sandbox");
        return carillon.bean(AccountService.class)
                .connect(actor, new NewAccount(Platform.SANDBOX, identity, Credentials.NONE, Map.of()));
    }

    private void check() {
        for (var row : rows.of(known.keySet())) {
            var publication = of(row.id());
            if (publication.status.isTerminal()) {
                assertThat(row.status()).as("a terminal status never changes").isEqualTo(publication.status);
            }
            publication.status = row.status();
            assertThat(publication.acceptedByPlatform)
                    .as("copies on the platform")
                    .isLessThanOrEqualTo(1);
            assertThat(row.starts()).as("attempt starts of %s", row).isEqualTo(row.attempts());
            assertThat(row.startedGenerations())
                    .as("generations with an attempt start")
                    .isEqualTo(row.starts());
            assertThat(row.reservations()).as("reservations of %s", row).isEqualTo(expectedReservation(row.status()));
            assertThat(row.metered()).as("meter events").isEqualTo(row.status() == PublicationStatus.PUBLISHED ? 1 : 0);
        }
    }

    private static String expectedReservation(PublicationStatus status) {
        return switch (status) {
            case PUBLISHED -> "settled";
            case FAILED, CANCELED, MISSED -> "released";
            case DRAFT, PENDING_APPROVAL, SCHEDULED, HELD, PUBLISHING, PROCESSING, OUTCOME_UNKNOWN -> "reserved";
        };
    }

    private Known of(PublicationId publication) {
        return Objects.requireNonNull(known.get(publication));
    }

    private Worker worker(int number) {
        return workers.get(number % workers.size());
    }

    private Account account(int number) {
        return accounts.get(number % accounts.size());
    }
}
