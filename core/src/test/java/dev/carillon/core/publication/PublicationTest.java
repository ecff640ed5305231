package dev.carillon.core.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Money;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.FailureClass;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.RecoveryCapability;
import dev.carillon.core.publication.Publication.AttemptCount;
import dev.carillon.core.publication.PublicationState.Failed;
import dev.carillon.core.publication.PublicationState.Held;
import dev.carillon.core.publication.PublicationState.OutcomeUnknown;
import dev.carillon.core.publication.PublicationState.Published;
import dev.carillon.core.publication.PublicationState.Publishing;
import dev.carillon.core.publication.PublicationState.Scheduled;
import dev.carillon.core.publication.reconciliation.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublicationTest {
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final Failure DOWN = Failure.of(ErrorCode.PLATFORM_UNAVAILABLE, "down");
    private static final PlatformPost POST = new PlatformPost("1", "https://played.example/1", Map.of());
    private static final RetryConfig RETRIES = new RetryConfig(
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2)),
            List.of(Duration.ofSeconds(10), Duration.ofMinutes(1)),
            List.of(Duration.ofMinutes(5)),
            List.of(Duration.ZERO, Duration.ofSeconds(5)),
            0);
    private static final PublishingConfig CONFIG = new PublishingConfig(
            RETRIES,
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(20)),
            List.of(Duration.ofMinutes(5)));

    @Test
    void aPostThatMayHaveArrivedIsLookedUpBeforeItIsTriedAgain() {
        var next = publishing(0).after(new PublishOutcome.Unconfirmed(DOWN), CONFIG, NOON);

        assertThat(next.state()).isEqualTo(new OutcomeUnknown(DOWN, NOON.plusSeconds(5), 0));
    }

    @Test
    void whatCertainlyDidNotArriveWaitsLongerEachTimeAndThenFails() {
        var unavailable = new PublishOutcome.Unavailable(DOWN);

        assertThat(publishing(0).after(unavailable, CONFIG, NOON).state())
                .isEqualTo(new Scheduled(NOON.plusSeconds(10), DOWN));
        assertThat(publishing(1).after(unavailable, CONFIG, NOON).state())
                .isEqualTo(new Scheduled(NOON.plusSeconds(60), DOWN));
        assertThat(publishing(2).after(unavailable, CONFIG, NOON).state())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo(ErrorCode.RETRIES_EXHAUSTED));
    }

    @Test
    void howLongItWaitsDependsOnWhoseTroubleItWas() {
        assertThat(dueAfter(new PublishOutcome.Unavailable(DOWN.as(FailureClass.NETWORK))))
                .isEqualTo(NOON.plusSeconds(5));
        assertThat(dueAfter(new PublishOutcome.Unavailable(Failure.of(ErrorCode.MEDIA_FETCH_FAILED, "404"))))
                .isEqualTo(NOON.plusSeconds(300));
        assertThat(dueAfter(new PublishOutcome.Unavailable(Failure.of(ErrorCode.INTERNAL_ERROR, "ours"))))
                .isEqualTo(NOON);
    }

    // Asking a platform before the time it gave can lead to a longer ban.
    @Test
    void thePlatformsOwnTimeCountsWhereItIsLaterThanOurs() {
        var later = NOON.plusSeconds(900);

        assertThat(dueAfter(new PublishOutcome.Unavailable(DOWN, later))).isEqualTo(later);
        assertThat(dueAfter(new PublishOutcome.Unavailable(DOWN, NOON.plusSeconds(1))))
                .isEqualTo(NOON.plusSeconds(10));
        assertThat(dueAfter(new PublishOutcome.Unconfirmed(DOWN, later))).isEqualTo(later);
        assertThat(publishing(0)
                        .after(
                                new LookUp.NotAnswered(DOWN, later),
                                evidence(RecoveryCapability.EXACT_LOOK_UP, true),
                                CONFIG,
                                NOON)
                        .dueAt())
                .isEqualTo(later);
    }

    // Otherwise a post whose platform always fails halfway would be retried forever.
    @Test
    void aProvenAbsenceIsAFailedAttemptLikeAnyOther() {
        var absent = new LookUp.Absent();
        var interrupted = publishing(0).after(absent, evidence(RecoveryCapability.EXACT_LOOK_UP, true), CONFIG, NOON);
        var unanswered = publishing(1)
                .with(new OutcomeUnknown(DOWN, NOON, 1))
                .after(absent, evidence(RecoveryCapability.EXACT_LOOK_UP, true), CONFIG, NOON);
        var last = publishing(2).after(absent, evidence(RecoveryCapability.EXACT_LOOK_UP, true), CONFIG, NOON);

        assertThat(interrupted.dueAt()).isEqualTo(NOON);
        assertThat(interrupted.attemptCount().failed()).isOne();
        assertThat(unanswered.dueAt()).isEqualTo(NOON.plusSeconds(60));
        assertThat(last.status()).isEqualTo(PublicationStatus.FAILED);
    }

    private static @Nullable Instant dueAfter(PublishOutcome outcome) {
        return publishing(0).after(outcome, CONFIG, NOON).dueAt();
    }

    @Test
    void aLimitOfThePlatformUsesUpNoRetry() {
        var until = NOON.plusSeconds(900);
        var next = publishing(2)
                .after(new PublishOutcome.Throttled(until, PublishOutcome.PauseScope.ACCOUNT, DOWN), CONFIG, NOON);

        assertThat(next.state()).isEqualTo(new Scheduled(until, DOWN));
        assertThat(next.attemptCount().failed()).isEqualTo(2);
    }

    @Test
    void lostAccessHoldsAndARefusalFails() {
        assertThat(publishing(0)
                        .after(new PublishOutcome.AccessLost(DOWN), CONFIG, NOON)
                        .state())
                .isEqualTo(new Held(HoldReason.RECONNECT, DOWN));
        assertThat(publishing(0)
                        .after(new PublishOutcome.Rejected(DOWN), CONFIG, NOON)
                        .state())
                .isEqualTo(new Failed(DOWN));
    }

    @Test
    void aPostThatIsFoundIsPublished() {
        assertThat(publishing(0)
                        .after(
                                new LookUp.Found(POST),
                                evidence(RecoveryCapability.HEURISTIC_LOOK_UP, false),
                                CONFIG,
                                NOON)
                        .state())
                .isEqualTo(new Published(POST, NOON));
    }

    // An absence that is seen too early proves nothing: the first call may still arrive, and a retry would make a
    // second post.
    @Test
    void absenceFreesAPostOnlyWhereItIsAProofOrDoublesAreImpossible() {
        var absent = new LookUp.Absent();

        assertThat(publishing(0)
                        .after(absent, evidence(RecoveryCapability.EXACT_LOOK_UP, false), CONFIG, NOON)
                        .status())
                .isEqualTo(PublicationStatus.OUTCOME_UNKNOWN);
        assertThat(publishing(0)
                        .after(absent, evidence(RecoveryCapability.EXACT_LOOK_UP, true), CONFIG, NOON)
                        .status())
                .isEqualTo(PublicationStatus.SCHEDULED);
        assertThat(publishing(0)
                        .after(absent, evidence(RecoveryCapability.OWN_IDEMPOTENCY, false), CONFIG, NOON)
                        .status())
                .isEqualTo(PublicationStatus.SCHEDULED);
        assertThat(publishing(0)
                        .after(absent, evidence(RecoveryCapability.HEURISTIC_LOOK_UP, true), CONFIG, NOON)
                        .status())
                .isEqualTo(PublicationStatus.OUTCOME_UNKNOWN);
    }

    // A worker that dies between attempt start and checkpoint has sent nothing. The post must not stay unknown because
    // the platform cannot say so.
    @ParameterizedTest
    @EnumSource(RecoveryCapability.class)
    void whatWasNeverSentIsFreeAgainWhateverThePlatformCanAnswer(RecoveryCapability capability) {
        assertThat(publishing(0)
                        .after(new LookUp.NeverSent(), evidence(capability, false), CONFIG, NOON)
                        .status())
                .isEqualTo(PublicationStatus.SCHEDULED);
    }

    // If the platform has forgotten the key when the request is repeated, one publication becomes two posts.
    @Test
    void ownIdempotencyFreesAPostOnlyAsLongAsThePlatformRemembers() {
        var absent = new LookUp.Absent();
        var hour = Duration.ofHours(1);

        assertThat(publishing(0)
                        .after(absent, remembered(hour, hour.minusSeconds(1)), CONFIG, NOON)
                        .status())
                .isEqualTo(PublicationStatus.SCHEDULED);
        assertThat(publishing(0)
                        .after(absent, remembered(hour, hour), CONFIG, NOON)
                        .status())
                .isEqualTo(PublicationStatus.OUTCOME_UNKNOWN);
        assertThat(publishing(0)
                        .after(absent, remembered(hour, null), CONFIG, NOON)
                        .status())
                .isEqualTo(PublicationStatus.OUTCOME_UNKNOWN);
    }

    @Test
    void aPlatformThatCannotBeAskedLeavesItToSomebodysWordAndSaysSo() {
        var next = publishing(0)
                .after(new LookUp.NotAnswerable(), evidence(RecoveryCapability.NOT_ANSWERABLE, true), CONFIG, NOON);

        assertThat(next.status()).isEqualTo(PublicationStatus.OUTCOME_UNKNOWN);
        assertThat(next.dueAt()).isNull();
        assertThat(next.waitsForWord()).isTrue();
        assertThat(Objects.requireNonNull(next.failure()).code()).isEqualTo(ErrorCode.OUTCOME_UNRESOLVED);
    }

    @Test
    void anUnknownOutcomeIsReconciledByScheduleAndThenLeftToSomebodysWord() {
        var silent = new LookUp.NotAnswered(DOWN);
        var heuristic = evidence(RecoveryCapability.HEURISTIC_LOOK_UP, true);

        var unknown = publishing(0).after(new PublishOutcome.Unconfirmed(DOWN), CONFIG, NOON);
        var askedOnce = unknown.after(silent, heuristic, CONFIG, NOON);
        var usedUp = askedOnce.after(silent, heuristic, CONFIG, NOON);

        assertThat(askedOnce.state()).isEqualTo(new OutcomeUnknown(DOWN, NOON.plusSeconds(20), 1));
        assertThat(usedUp.waitsForWord()).isTrue();
        assertThat(usedUp.failure())
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNRESOLVED))
                .satisfies(failure ->
                        assertThat(failure.message()).contains("asked 2 times").contains("down"));
    }

    // If lookups ended just before absence can be proven, a person would have to decide about a post that could be sent
    // again.
    @Test
    void anAbsenceThatComesTooEarlyToBeAProofDoesNotUseUpTheSchedule() {
        var early = evidence(RecoveryCapability.EXACT_LOOK_UP, false);
        var next = publishing(0);

        for (int i = 0; i < 5; i++) {
            next = next.after(new LookUp.Absent(), early, CONFIG, NOON);
        }

        assertThat(next.dueAt()).isEqualTo(NOON.plusSeconds(20));
    }

    private static Evidence evidence(RecoveryCapability capability, boolean callsAreOver) {
        return new Evidence(capability, callsAreOver, Duration.ofSeconds(10), null);
    }

    private static Evidence remembered(Duration repeatableFor, @Nullable Duration sinceStart) {
        return new Evidence(RecoveryCapability.OWN_IDEMPOTENCY, true, sinceStart, repeatableFor);
    }

    private static Publication publishing(int failed) {
        return new Publication(
                new PublicationId(UUID.randomUUID()),
                new Tenant(new WorkspaceId(UUID.randomUUID()), Mode.TEST),
                new PostId(UUID.randomUUID()),
                1,
                new AccountId(UUID.randomUUID()),
                null,
                Platform.SANDBOX,
                0,
                null,
                NOON,
                false,
                new Publishing(),
                new AttemptCount(failed + 1, failed),
                1,
                Checkpoint.NONE,
                Money.usdMicros(10_000),
                Publication.FollowUp.NONE,
                NOON);
    }
}
