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
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A post on one account: the unit of scheduling, state, publishing and metering.
 *
 * @param revision which revision of the post it publishes
 * @param standsInFor the live account that {@code account} stands in for; null where the caller named {@code account} itself
 * @param position its place among the post's publications, from 0: account after account, and within one by part
 * @param thread where it stands in a thread; null where it stands alone
 * @param publishAt business time that the caller asked for; null in a draft
 * @param urgent whether the caller wanted it out now
 * @param generation raised by every claim and cancel; who holds an older one has lost the row
 */
public record Publication(
        PublicationId id,
        Tenant tenant,
        PostId post,
        int revision,
        AccountId account,
        @Nullable AccountId standsInFor,
        Platform platform,
        int position,
        @Nullable ThreadPlace thread,
        @Nullable Instant publishAt,
        boolean urgent,
        PublicationState state,
        Tries tries,
        long generation,
        Checkpoint checkpoint,
        Money cost,
        Aftermath aftermath,
        Instant createdAt) {

    /**
     * How often it was tried.
     *
     * @param attempts marks so far
     * @param failed those that the retry schedule counts; a throttled attempt is none of them
     */
    public record Tries(int attempts, int failed) {}

    /**
     * What follows a success; instants are business time.
     *
     * @param checkAt when the platform is asked once more whether the post stands; null when that was done, or is not to be
     * @param vanishedAt when that look found nothing
     * @param deletedAt when the platform deleted the post at the caller's wish
     */
    public record Aftermath(
            @Nullable Instant checkAt,
            @Nullable Instant vanishedAt,
            @Nullable Instant deletedAt) {
        public static final Aftermath NONE = new Aftermath(null, null, null);
    }

    /** The account that the caller named. */
    public AccountId named() {
        return standsInFor == null ? account : standsInFor;
    }

    /** The account as somebody of this mode knows it. */
    public AccountId accountIn(Mode mode) {
        return mode.livemode() ? named() : account;
    }

    /** Its place in its thread, 0 for the post itself. */
    public int part() {
        return thread == null ? 0 : thread.part();
    }

    /** Whether it is kept back for the sake of its thread alone, and nothing can be said of it but what becomes of the part before it. */
    public boolean followsThread() {
        return state instanceof Held(var reason, var failure) && reason.isOfThread();
    }

    /** Whether it is to go out: at its time, or after the part before it. */
    boolean isPlanned() {
        return state instanceof Scheduled
                || (state instanceof Held(var reason, var failure) && reason == HoldReason.WAITING_FOR_PARENT);
    }

    /** This publication as it is claimed now. */
    public Claim claim() {
        return new Claim(id, generation);
    }

    public PublicationStatus status() {
        return state.status();
    }

    /** What an attempt's outcome makes of it. The only place that turns an outcome into a state. */
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

    /** What asking the platform makes of one whose outcome is in doubt. */
    public Publication after(LookUp answer, Evidence evidence, PublishingConfig config, Instant now) {
        return switch (answer) {
            case LookUp.Found(var post) -> with(new Published(post, now));
            case LookUp.NeverSent() -> retryOrFail(notThere(), null, config, now);
            case LookUp.Absent() when evidence.absenceFrees() -> retryOrFail(notThere(), null, config, now);
            case LookUp.Absent() when evidence.isEarly() -> askedTooEarly(config, now);
            case LookUp.Absent() ->
                askedInVain(unconfirmed("It shows no such post, which proves nothing."), null, config, now);
            case LookUp.NotAnswered(var failure, var notBefore) -> askedInVain(failure, notBefore, config, now);
            case LookUp.NotAnswerable() ->
                unresolved("The platform cannot be asked what became of this post.", asked() + 1);
        };
    }

    /** No use of the schedule's end: the next answers will be worth more. */
    private Publication askedTooEarly(PublishingConfig config, Instant now) {
        var waits = config.lookUps();
        var wait = waits.get(Math.min(asked() + 1, waits.size() - 1));
        return with(new OutcomeUnknown(
                unconfirmed("It shows no such post; the attempt's call may still arrive."),
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

    /** How often the platform was asked since the outcome became unknown. */
    int asked() {
        return state instanceof OutcomeUnknown(var failure, var askAt, var asked) ? asked : 0;
    }

    /** Whether nothing but somebody's word, or a look-up that somebody asks for, can settle it. */
    public boolean waitsForWord() {
        return state instanceof OutcomeUnknown(var failure, var askAt, var asked) && askAt == null;
    }

    /** Counts like any attempt that did not arrive, or one that is always cut off would be made for ever. */
    private Failure notThere() {
        return unconfirmed("An attempt was cut off before its outcome was known; the platform does not have the post.");
    }

    /** Whatever was found out meanwhile, it stays the trouble of whoever brought the doubt about. */
    private Failure unconfirmed(String message) {
        return Failure.of(ErrorCode.OUTCOME_UNCONFIRMED, message)
                .as(
                        state instanceof OutcomeUnknown(var doubt, var askAt, var asked)
                                ? doubt.failureClass()
                                : FailureClass.OURS);
    }

    /** The only place that decides whether and when there is another attempt after one that is known not to have arrived. */
    private Publication retryOrFail(
            Failure failure, @Nullable Instant notBefore, PublishingConfig config, Instant now) {
        return config.retries()
                .waitAfter(failure.failureClass(), tries.failed(), id)
                .map(wait -> with(new Scheduled(later(now.plus(wait), notBefore), failure))
                        .withTries(new Tries(tries.attempts(), tries.failed() + 1)))
                .orElseGet(() -> with(new Failed(exhausted(failure))));
    }

    private Failure exhausted(Failure last) {
        return new Failure(
                ErrorCode.RETRIES_EXHAUSTED,
                "Given up after %d attempts. The last one: %s".formatted(tries.attempts(), last.message()),
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

    /** When it next wants attention: a try, a poll, a look-up. */
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

    Publication with(PublicationState next) {
        return copy(next, tries, aftermath);
    }

    /** The retry schedule begins anew; the attempts go on counting. */
    Publication withFreshTries() {
        return withTries(new Tries(tries.attempts(), 0));
    }

    /** It is published, and the platform is to be asked once more at this time. */
    Publication checkedAt(Instant time) {
        return copy(state, tries, new Aftermath(time, aftermath.vanishedAt(), aftermath.deletedAt()));
    }

    private Publication withTries(Tries next) {
        return copy(state, next, aftermath);
    }

    private Publication copy(PublicationState nextState, Tries nextTries, Aftermath nextAftermath) {
        return new Publication(
                id,
                tenant,
                post,
                revision,
                account,
                standsInFor,
                platform,
                position,
                thread,
                publishAt,
                urgent,
                nextState,
                nextTries,
                generation,
                checkpoint,
                cost,
                nextAftermath,
                createdAt);
    }
}
