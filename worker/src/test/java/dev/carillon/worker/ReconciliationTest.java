package dev.carillon.worker;

import static dev.carillon.core.kernel.ErrorCode.OUTCOME_KNOWN;
import static dev.carillon.core.kernel.ErrorCode.OUTCOME_STILL_OPEN;
import static dev.carillon.core.kernel.ErrorCode.OUTCOME_UNCONFIRMED;
import static dev.carillon.core.kernel.ErrorCode.OUTCOME_UNRESOLVED;
import static dev.carillon.core.kernel.ErrorCode.PLATFORM_RATE_LIMITED;
import static dev.carillon.core.kernel.ErrorCode.REPORTED_NOT_PUBLISHED;
import static dev.carillon.worker.Workshop.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.PauseScope;
import dev.carillon.core.platform.RecoveryCapability;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationStatus;
import dev.carillon.core.publication.attempt.Attempt;
import dev.carillon.core.publication.reconciliation.Resolution;
import dev.carillon.core.publication.reconciliation.Resolution.Then;
import dev.carillon.core.publication.reconciliation.ResolveService;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Unknown outcomes: scheduled lookups, then settlement by a proof or by a resolution. */
@Timeout(60)
class ReconciliationTest {
    private static final Failure NO_ANSWER = Failure.of(OUTCOME_UNCONFIRMED, "no answer");

    private Workshop work;

    @BeforeEach
    void start() {
        work = new Workshop(Map.of("carillon.publishing.look-ups", "100ms,100ms,100ms")).start();
    }

    @AfterEach
    void stop() {
        work.close();
    }

    @Test
    void aPlatformThatCanOnlyBeSearchedNeverProvesAbsenceAndAPersonResolvesTheOutcome() {
        var id = unresolved(RecoveryCapability.HEURISTIC_LOOK_UP);

        var publication = awaitUnresolved(id);

        assertThat(publication.dueAt()).isNull();
        assertThat(failureOf(publication).code()).isEqualTo(OUTCOME_UNRESOLVED);
        assertThat(failureOf(publication).message()).contains("asked 3 times").contains("does not prove");
        assertThat(work.platform().lookedUp()).isEqualTo(3);
        assertThat(work.steps(id)).containsExactly("look_up", "look_up", "look_up");
        assertThat(work.events(id)).containsExactly("publication.outcome_unknown", "publication.outcome_unknown");
        assertThat(work.reservation(id)).isEqualTo("reserved");
    }

    // If a worker dies while it calls a platform without lookups, the attempt must not be sent again.
    @Test
    void anAbandonedAttemptOnAPlatformThatCannotBeAskedWaitsForAPerson() {
        work.platform().reconcilesBy(RecoveryCapability.NOT_ANSWERABLE);
        work.platform().answersLookUp(new LookUp.NotAnswerable());
        var hold = new CountDownLatch(1);
        work.platform().answers(request -> {
            awaitLatch(hold);
            return new PublishOutcome.Unconfirmed(NO_ANSWER);
        });

        var id = work.publish("abandoned");
        awaitUnresolved(id);
        hold.countDown();

        assertThat(work.attempts(id)).extracting(Attempt::outcome).containsExactly("interrupted");
        assertThat(work.platform().received()).hasSize(1);
    }

    @Test
    void aWordThatItIsOutPublishesChargesAndKeepsTheLink() {
        var id = unresolved();

        var resolved = resolve(id, new Resolution.Published("https://played.example/seen", "seen-1"));

        assertThat(resolved.status()).isEqualTo(PublicationStatus.PUBLISHED);
        assertThat(Objects.requireNonNull(resolved.platformPost()).permalink())
                .isEqualTo("https://played.example/seen");
        assertThat(work.reservation(id)).isEqualTo("settled");
        assertThat(work.count("SELECT count(*) AS n FROM meter_event WHERE publication_id = ?", id))
                .isOne();
        assertThat(work.events(id)).endsWith("publication.published");
        assertThat(work.steps(id)).endsWith("resolved");
        assertThatThrownBy(() -> resolve(id, new Resolution.Published(null, null)))
                .satisfies(is(OUTCOME_KNOWN));
    }

    @Test
    void aWordThatItIsOutNeedsNoLink() {
        var id = unresolved();

        assertThat(resolve(id, new Resolution.Published(null, null)).status()).isEqualTo(PublicationStatus.PUBLISHED);
    }

    @Test
    void aWordThatItIsNotThereFailsItAndFreesTheMoney() {
        var id = unresolved();

        var resolved = resolve(id, new Resolution.NotPublished(Then.FAIL));

        assertThat(resolved.status()).isEqualTo(PublicationStatus.FAILED);
        assertThat(failureOf(resolved).code()).isEqualTo(REPORTED_NOT_PUBLISHED);
        assertThat(work.reservation(id)).isEqualTo("released");
    }

    @Test
    void aWordThatItIsNotThereSendsItAgain() {
        var id = unresolved();

        resolve(id, new Resolution.NotPublished(Then.RETRY));
        work.awaitStatus(id, PublicationStatus.PUBLISHED);

        assertThat(work.attempts(id)).extracting(Attempt::outcome).containsExactly("unconfirmed", "published");
        assertThat(work.platform().received()).hasSize(2);
    }

    // While the call may still arrive, absence proves nothing. A second call could publish the post twice.
    @Test
    void thatItIsNotThereCannotBeSaidWhileTheCallMayStillArrive() {
        var id = unresolved();
        work.update(
                "UPDATE attempt SET call_until = clock_timestamp() + interval '1 minute' WHERE publication_id = ?", id);

        assertThatThrownBy(() -> resolve(id, new Resolution.NotPublished(Then.RETRY)))
                .satisfies(is(OUTCOME_STILL_OPEN));

        assertThat(work.get(id).status()).isEqualTo(PublicationStatus.OUTCOME_UNKNOWN);
        assertThat(resolve(id, new Resolution.Published(null, null)).status()).isEqualTo(PublicationStatus.PUBLISHED);
    }

    // By then the platform has forgotten the idempotency key. A second call would publish the post twice.
    @Test
    void whatWasFreedByThePlatformsMemoryIsNotSentOnceThatIsOver() {
        work.platform().reconcilesBy(RecoveryCapability.OWN_IDEMPOTENCY);
        work.platform().remembersFor(Duration.ofMillis(5_700));
        work.platform().answers(request -> unconfirmed());
        work.platform()
                .answers(request -> new PublishOutcome.Throttled(
                        Instant.now().plusSeconds(6), PauseScope.ACCOUNT, Failure.of(PLATFORM_RATE_LIMITED, "later")));

        var id = work.publish("forgotten");
        awaitUnresolved(id);

        assertThat(work.attempts(id)).extracting(Attempt::outcome).containsExactly("unconfirmed", "throttled");
        assertThat(work.platform().received()).hasSize(2);
    }

    @Test
    void whatWasFreedByThePlatformsMemoryIsSentWhileThatLasts() {
        work.platform().reconcilesBy(RecoveryCapability.OWN_IDEMPOTENCY);
        work.platform().remembersFor(Duration.ofHours(1));

        var id = unresolved(RecoveryCapability.OWN_IDEMPOTENCY);
        work.awaitStatus(id, PublicationStatus.PUBLISHED);

        assertThat(work.attempts(id)).extracting(Attempt::outcome).containsExactly("unconfirmed", "published");
    }

    private PublicationId unresolved() {
        var id = unresolved(RecoveryCapability.HEURISTIC_LOOK_UP);
        awaitUnresolved(id);
        // In this test, the lookup schedule is shorter than the time in which a call may still arrive.
        await().atMost(SOON)
                .until(() -> work.count(
                                "SELECT count(*) AS n FROM attempt WHERE publication_id = ? AND call_until + interval '200 ms' > clock_timestamp()",
                                id)
                        == 0);
        return id;
    }

    private PublicationId unresolved(RecoveryCapability capability) {
        work.platform().reconcilesBy(capability);
        work.platform().answers(request -> {
            request.keep().accept(new Checkpoint(Map.of("key", "1")));
            return unconfirmed();
        });
        return work.publish("doubted");
    }

    private static PublishOutcome unconfirmed() {
        return new PublishOutcome.Unconfirmed(NO_ANSWER);
    }

    private Publication awaitUnresolved(PublicationId id) {
        await().atMost(SOON).until(() -> work.get(id).waitsForWord());
        return work.get(id);
    }

    private Publication resolve(PublicationId id, Resolution resolution) {
        return work.bean(ResolveService.class).resolve(work.actor(), id, resolution);
    }

    private static Failure failureOf(Publication publication) {
        return Objects.requireNonNull(publication.failure());
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Consumer<Throwable> is(ErrorCode code) {
        return thrown -> assertThat(((ApiException) thrown).code()).isEqualTo(code);
    }
}
