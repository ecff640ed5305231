package dev.carillon.core.publication;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Money;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.Doubt;
import dev.carillon.core.platform.Failure;
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
 * @param position its place among the post's publications, from 0
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
        Platform platform,
        int position,
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
            case PublishOutcome.Unavailable(var failure) -> retryOrFail(failure, config, now);
            case PublishOutcome.Unconfirmed(var failure) ->
                with(new OutcomeUnknown(failure, now.plus(config.lookUpAfter()), 0));
            case PublishOutcome.Rejected(var failure) -> with(new Failed(failure));
            case PublishOutcome.AccessLost(var failure) -> with(new Held(HoldReason.RECONNECT, failure));
        };
    }

    /**
     * What asking the platform makes of one whose outcome is in doubt.
     *
     * @param provable whether enough database time has passed since the mark for an absence to be a proof
     */
    public Publication after(LookUp answer, Doubt doubt, boolean provable, PublishingConfig config, Instant now) {
        return switch (answer) {
            case LookUp.Found(var post) -> with(new Published(post, now));
            case LookUp.Absent() when isProof(doubt, provable) -> with(new Scheduled(now, doubtFailure()));
            case LookUp.Absent() ->
                with(new OutcomeUnknown(doubtFailure(), now.plus(config.lookUpAfter()), asked() + 1));
            case LookUp.NotAnswered(var failure) ->
                with(new OutcomeUnknown(failure, now.plus(config.lookUpAfter()), asked() + 1));
            case LookUp.NotAnswerable() -> with(new OutcomeUnknown(doubtFailure(), null, asked() + 1));
        };
    }

    /** A heuristic look-up never proves that there is nothing. */
    private static boolean isProof(Doubt doubt, boolean provable) {
        return switch (doubt) {
            case OWN_IDEMPOTENCY -> true;
            case EXACT_LOOK_UP -> provable;
            case HEURISTIC_LOOK_UP, NOT_ANSWERABLE -> false;
        };
    }

    /** How often the platform was asked since the outcome became unknown. */
    int asked() {
        return state instanceof OutcomeUnknown(var failure, var askAt, var asked) ? asked : 0;
    }

    private Failure doubtFailure() {
        return state instanceof OutcomeUnknown(var failure, var askAt, var asked)
                ? failure
                : Failure.of(
                        ErrorCode.OUTCOME_UNCONFIRMED,
                        "The attempt was cut off before its outcome was known; the platform is asked what happened.");
    }

    private Publication retryOrFail(Failure failure, PublishingConfig config, Instant now) {
        if (tries.failed() >= config.retries().size()) {
            return with(new Failed(new Failure(
                    ErrorCode.RETRIES_EXHAUSTED,
                    "Given up after %d attempts. The last one: %s".formatted(tries.attempts(), failure.message()),
                    failure.platformMessage())));
        }
        var wait = config.retries().get(tries.failed());
        return with(new Scheduled(now.plus(wait), failure)).withTries(new Tries(tries.attempts(), tries.failed() + 1));
    }

    public @Nullable PlatformPost platformPost() {
        return state instanceof Published(var published, var at) ? published : null;
    }

    public @Nullable Failure failure() {
        return switch (state) {
            case Scheduled(var dueAt, var lastFailure) -> lastFailure;
            case Held(var reason, var failure) -> failure;
            case Failed(var failure) -> failure;
            case OutcomeUnknown(var failure, var askAt, var asked) -> failure;
            case PublicationState.Draft(),
                    PublicationState.PendingApproval(),
                    PublicationState.Publishing(),
                    PublicationState.Missed(),
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
                    PublicationState.Missed(),
                    PublicationState.Canceled() -> null;
            case Held(var reason, var failure) -> null;
            case Published(var post, var at) -> null;
            case Failed(var failure) -> null;
        };
    }

    Publication with(PublicationState next) {
        return new Publication(
                id,
                tenant,
                post,
                revision,
                account,
                platform,
                position,
                publishAt,
                urgent,
                next,
                tries,
                generation,
                checkpoint,
                cost,
                aftermath,
                createdAt);
    }

    private Publication withTries(Tries next) {
        return new Publication(
                id,
                tenant,
                post,
                revision,
                account,
                platform,
                position,
                publishAt,
                urgent,
                state,
                next,
                generation,
                checkpoint,
                cost,
                aftermath,
                createdAt);
    }
}
