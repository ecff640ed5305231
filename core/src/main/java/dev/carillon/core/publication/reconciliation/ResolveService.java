package dev.carillon.core.publication.reconciliation;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationQueries;
import dev.carillon.core.publication.PublicationState;
import dev.carillon.core.publication.PublicationSteps;
import dev.carillon.core.publication.PublicationWriter;
import dev.carillon.core.publication.PublishingConfig;
import dev.carillon.core.publication.SandboxedPosts;
import dev.carillon.core.publication.StepKind;
import dev.carillon.core.publication.ThreadQueries;
import dev.carillon.core.publication.attempt.AttemptQueries;
import dev.carillon.core.publication.intervention.Intervention;
import dev.carillon.core.publication.intervention.InterventionQueries;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Settles an unknown outcome with the report of a caller who looked. */
@Singleton
public class ResolveService {
    private final Transactions transactions;
    private final InterventionQueries interventions;
    private final PublicationQueries publications;
    private final AttemptQueries attempts;
    private final PublicationWriter writer;
    private final ThreadQueries threads;
    private final PublicationSteps steps;
    private final SandboxedPosts sandboxed;
    private final PublishingConfig config;
    private final Clocks clocks;

    ResolveService(
            Transactions transactions,
            InterventionQueries interventions,
            PublicationQueries publications,
            AttemptQueries attempts,
            PublicationWriter writer,
            ThreadQueries threads,
            PublicationSteps steps,
            SandboxedPosts sandboxed,
            PublishingConfig config,
            Clocks clocks) {
        this.transactions = transactions;
        this.interventions = interventions;
        this.publications = publications;
        this.attempts = attempts;
        this.writer = writer;
        this.threads = threads;
        this.steps = steps;
        this.sandboxed = sandboxed;
        this.config = config;
        this.clocks = clocks;
    }

    /**
     * Trusts the caller's report: a published post is charged; one that is not is retried or becomes failed.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code outcome_known} if its outcome is not unknown; {@code
     *     outcome_still_open} if the caller reports it as not published while an attempt may still arrive; {@code
     *     invalid_parameter} if the next part of a thread waits for it and the report lacks the platform's id
     */
    public Publication resolve(Actor caller, PublicationId id, Resolution resolution) {
        caller.require(Scope.POSTS_PUBLISH);
        return transactions.inWorkspace(caller, () -> {
            var actor = sandboxed.actorFor(caller, id);
            var unknown = interventions.takeUnknown(actor.tenant(), id).orElseThrow(() -> refused(actor, id));
            var now = clocks.now(actor.workspace(), actor.mode());
            var next = unknown.with(next(unknown, resolution, now)).withFreshAttempts();
            attempts.endInterrupted(id);
            writer.write(next, now);
            steps.record(next, StepKind.RESOLVED, Intervention.by(actor, detail(resolution)));
            return publications.find(actor.tenant(), id).orElseThrow();
        });
    }

    private RuntimeException refused(Actor actor, PublicationId id) {
        var publication = publications
                .find(actor.tenant(), id)
                .orElseThrow(() -> ErrorCode.NOT_FOUND.because("There is no publication %s.".formatted(id)));
        return ErrorCode.OUTCOME_KNOWN.because("Publication %s is %s; only an unknown outcome can be resolved."
                .formatted(id, publication.status().wireName()));
    }

    private PublicationState next(Publication unknown, Resolution resolution, Instant now) {
        return switch (resolution) {
            case Resolution.Published(var permalink, var platformPostId) -> {
                if (platformPostId == null && threads.isWaitedFor(unknown.id())) {
                    throw ErrorCode.INVALID_PARAMETER.at(
                            "/platform_post_id",
                            "The next part of the thread replies to this post; send the platform's id of it as `platform_post_id`.");
                }
                yield new PublicationState.Published(new PlatformPost(platformPostId, permalink, Map.of()), now);
            }
            case Resolution.NotPublished(var then) -> {
                refuseWhileOpen(unknown.id());
                yield switch (then) {
                    case RETRY -> new PublicationState.Scheduled(now, reported());
                    case FAIL -> new PublicationState.Failed(reported());
                };
            }
        };
    }

    /** While an attempt may still arrive, a report that the post is not there cannot be final. */
    private void refuseWhileOpen(PublicationId id) {
        attempts.callsEnd(id, config.callDeadline(), config.absenceGrace()).ifPresent(end -> {
            throw ErrorCode.OUTCOME_STILL_OPEN.because(
                    "The attempt can still publish until %s; check the account after that, then resolve."
                            .formatted(end));
        });
    }

    private static Failure reported() {
        return Failure.of(
                ErrorCode.REPORTED_NOT_PUBLISHED,
                "The outcome of an attempt was unknown; a check of the account found no post.");
    }

    private static Map<String, String> detail(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Published(var permalink, var platformPostId) -> Map.of("outcome", "published");
            case Resolution.NotPublished(var then) ->
                Map.of("outcome", "not_published", "then", then.name().toLowerCase(Locale.ROOT));
        };
    }
}
