package dev.carillon.core.publication;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Money;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.FailureClass;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.publication.PublicationState.Failed;
import dev.carillon.core.publication.PublicationState.Held;
import dev.carillon.core.publication.PublicationState.OutcomeUnknown;
import dev.carillon.core.publication.PublicationState.Processing;
import dev.carillon.core.publication.PublicationState.Published;
import dev.carillon.core.publication.PublicationState.Scheduled;
import dev.carillon.core.publication.reconciliation.Evidence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A post on one account: the unit of scheduling, state, publishing and metering.
 *
 * @param revision which revision of the post it publishes
 * @param liveAccount the live account whose sandbox account {@code account} is; null if the caller named {@code
 *     account} itself
 * @param position its position among the post's publications, from 0: ordered by account, and within an account by part
 * @param thread its place in a thread; null if it is not part of one
 * @param publishAt business time that the caller asked for; null for a draft
 * @param urgent whether the caller asked to publish now
 * @param generation raised by every claim and cancel; a process with an older generation has lost the row
 */
public record Publication(
        PublicationId id,
        Tenant tenant,
        PostId post,
        int revision,
        AccountId account,
        @Nullable AccountId liveAccount,
        Platform platform,
        int position,
        @Nullable ThreadPlace thread,
        @Nullable Instant publishAt,
        boolean urgent,
        PublicationState state,
        AttemptCount attemptCount,
        long generation,
        Checkpoint checkpoint,
        Money cost,
        FollowUp followUp,
        Instant createdAt) {

    /**
     * Counts of attempts.
     *
     * @param attempts attempts so far, counted when they start
     * @param failed failed attempts that the retry schedule counts; a throttled attempt does not count
     */
    public record AttemptCount(int attempts, int failed) {}

    /**
     * What happens after a publication is published; instants are business time.
     *
     * @param checkAt when the platform is asked whether the post still exists; null if that was done or is not planned
     * @param vanishedAt when that check found the post gone
     * @param deletedAt when the platform deleted the post at the caller's request
     */
    public record FollowUp(
            @Nullable Instant checkAt,
            @Nullable Instant vanishedAt,
            @Nullable Instant deletedAt) {
        public static final FollowUp NONE = new FollowUp(null, null, null);
    }

    /** The account that the caller named. */
    public AccountId named() {
        return liveAccount == null ? account : liveAccount;
    }

    /** The account as callers in this mode see it. */
    public AccountId accountIn(Mode mode) {
        return mode.livemode() ? named() : account;
    }

    /** Its part number in its thread, 0 for the post itself. */
    public int part() {
        return thread == null ? 0 : thread.part();
    }

    /** Whether it is held only because of its thread, so that its state depends only on the part before it. */
    public boolean followsThread() {
        return state instanceof Held(var reason, var failure) && reason.isOfThread();
    }

    /** Whether it is to be published: at its time, or after the part before it. */
    public boolean isPlanned() {
        return state instanceof Scheduled
                || (state instanceof Held(var reason, var failure) && reason == HoldReason.WAITING_FOR_PARENT);
    }

    /** The claim on this publication at its current generation. */
    public Claim claim() {
        return new Claim(id, generation);
    }

    public PublicationStatus status() {
        return state.status();
    }

    /** The publication after an attempt with this outcome. The only place that turns an outcome into a state. */
    public Publication after(PublishOutcome outcome, PublishingConfig config, Instant now) {
        return switch (outcome) {
            case PublishOutcome.Published(var post) -> with(new Published(post, now));
            case PublishOutcome.Processing(var ticket, var askAfter) ->
                with(new Processing(ticket, now.plus(askAfter)));
            case PublishOutcome.Throttled(var until, var scope, var failure) -> with(new Scheduled(until, failure));
            case PublishOutcome.Unavailable(var failure, var notBefore) -> retryOrFail(failure, notBefore, config, now);
            case PublishOutcome.Unconfirmed(var failure, var notBefore) ->
                with(new OutcomeUnknown(failure, later(now.plus(config.lookUps().getFirst()), notBefore), 0));
            case PublishOutcome.Rejected(var failure) -> with(new Failed(failure));
            case PublishOutcome.AccessLost(var failure) -> with(new Held(HoldReason.RECONNECT, failure));
        };
    }

    /** The publication after a look-up, if its outcome is unknown. */
    public Publication after(LookUp answer, Evidence evidence, PublishingConfig config, Instant now) {
        return switch (answer) {
            case LookUp.Found(var post) -> with(new Published(post, now));
            case LookUp.NeverSent() -> retryOrFail(notThere(), null, config, now);
            case LookUp.Absent() when evidence.absenceFrees() -> retryOrFail(notThere(), null, config, now);
            case LookUp.Absent() when evidence.isEarly() -> askedTooEarly(config, now);
            case LookUp.Absent() ->
                askedInVain(
                        unconfirmed("The lookup found no such post, which does not prove that there is none."),
                        null,
                        config,
                        now);
            case LookUp.NotAnswered(var failure, var notBefore) -> askedInVain(failure, notBefore, config, now);
            case LookUp.NotAnswerable() ->
                unresolved("The platform cannot tell what happened to this post.", asked() + 1);
        };
    }

    /** Does not exhaust the schedule, because later answers will prove more. */
    private Publication askedTooEarly(PublishingConfig config, Instant now) {
        var waits = config.lookUps();
        var wait = waits.get(Math.min(asked() + 1, waits.size() - 1));
        return with(new OutcomeUnknown(
                unconfirmed("The lookup found no such post; the attempt's call may still arrive."),
                now.plus(wait),
                asked() + 1));
    }

    private Publication askedInVain(
            Failure failure, @Nullable Instant notBefore, PublishingConfig config, Instant now) {
        int asked = asked() + 1;
        return asked < config.lookUps().size()
                ? with(new OutcomeUnknown(
                        failure, later(now.plus(config.lookUps().get(asked)), notBefore), asked))
                : unresolved(
                        "The platform was asked %d times. The last answer: %s".formatted(asked, failure.message()),
                        asked);
    }

    private Publication unresolved(String reason, int asked) {
        return with(new OutcomeUnknown(Failure.of(ErrorCode.OUTCOME_UNRESOLVED, reason), null, asked));
    }

    /** How often the platform was asked since the outcome became unknown; 0 in other states. */
    int asked() {
        return state instanceof OutcomeUnknown(var failure, var askAt, var asked) ? asked : 0;
    }

    /** Whether only a caller can settle it, by resolving it or by requesting a look-up. */
    public boolean waitsForWord() {
        return state instanceof OutcomeUnknown(var failure, var askAt, var asked) && askAt == null;
    }

    /** Counts as a failed attempt, because otherwise an attempt that is always cut off would be repeated forever. */
    private Failure notThere() {
        return unconfirmed(
                "An attempt was interrupted before its outcome was known; the platform does not have the post.");
    }

    /** Keeps the failure class of the failure that made the outcome unknown, whatever was found out later. */
    private Failure unconfirmed(String message) {
        return Failure.of(ErrorCode.OUTCOME_UNCONFIRMED, message)
                .as(
                        state instanceof OutcomeUnknown(var unknown, var askAt, var asked)
                                ? unknown.failureClass()
                                : FailureClass.OURS);
    }

    /** The only place that decides whether and when another attempt follows one that is known not to have arrived. */
    private Publication retryOrFail(
            Failure failure, @Nullable Instant notBefore, PublishingConfig config, Instant now) {
        return config.retries()
                .waitAfter(failure.failureClass(), attemptCount.failed(), id)
                .map(wait -> with(new Scheduled(later(now.plus(wait), notBefore), failure))
                        .withAttemptCount(new AttemptCount(attemptCount.attempts(), attemptCount.failed() + 1)))
                .orElseGet(() -> with(new Failed(exhausted(failure))));
    }

    private Failure exhausted(Failure last) {
        return new Failure(
                ErrorCode.RETRIES_EXHAUSTED,
                "Gave up after %d attempts. Last failure: %s".formatted(attemptCount.attempts(), last.message()),
                last.platformMessage(),
                last.failureClass());
    }

    private static Instant later(Instant ours, @Nullable Instant platforms) {
        return platforms == null || platforms.isBefore(ours) ? ours : platforms;
    }

    public @Nullable PlatformPost platformPost() {
        return state instanceof Published(var published, var at) ? published : null;
    }

    public @Nullable Failure failure() {
        return switch (state) {
            case Scheduled(var dueAt, var lastFailure) -> lastFailure;
            case Held(var reason, var failure) -> failure;
            case Failed(var failure) -> failure;
            case PublicationState.Missed(var failure) -> failure;
            case OutcomeUnknown(var failure, var askAt, var asked) -> failure;
            case PublicationState.Draft(),
                    PublicationState.PendingApproval(),
                    PublicationState.Publishing(),
                    PublicationState.Canceled() -> null;
            case Processing(var ticket, var askAt) -> null;
            case Published(var post, var at) -> null;
        };
    }

    /** When its next attempt, poll or look-up is due; null if none is. */
    public @Nullable Instant dueAt() {
        return switch (state) {
            case Scheduled(var dueAt, var lastFailure) -> dueAt;
            case Processing(var ticket, var askAt) -> askAt;
            case OutcomeUnknown(var failure, var askAt, var asked) -> askAt;
            case PublicationState.Draft(),
                    PublicationState.PendingApproval(),
                    PublicationState.Publishing(),
                    PublicationState.Canceled() -> null;
            case Held(var reason, var failure) -> null;
            case PublicationState.Missed(var failure) -> null;
            case Published(var post, var at) -> null;
            case Failed(var failure) -> null;
        };
    }

    public Publication with(PublicationState next) {
        return copy(next, attemptCount, followUp);
    }

    /** Restarts the retry schedule; the count of attempts continues. */
    public Publication withFreshAttempts() {
        return withAttemptCount(new AttemptCount(attemptCount.attempts(), 0));
    }

    /** This published publication, to be checked with the platform at this time. */
    public Publication checkedAt(Instant time) {
        return copy(state, attemptCount, new FollowUp(time, followUp.vanishedAt(), followUp.deletedAt()));
    }

    private Publication withAttemptCount(AttemptCount next) {
        return copy(state, next, followUp);
    }

    private Publication copy(PublicationState nextState, AttemptCount nextCount, FollowUp nextFollowUp) {
        return new Publication(
                id,
                tenant,
                post,
                revision,
                account,
                liveAccount,
                platform,
                position,
                thread,
                publishAt,
                urgent,
                nextState,
                nextCount,
                generation,
                checkpoint,
                cost,
                nextFollowUp,
                createdAt);
    }
}
