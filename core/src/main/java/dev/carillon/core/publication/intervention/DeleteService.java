package dev.carillon.core.publication.intervention;

import static dev.carillon.core.kernel.ErrorCode.ACCOUNT_DISCONNECTED;
import static dev.carillon.core.kernel.ErrorCode.DELETE_NOT_SUPPORTED;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;
import static dev.carillon.core.kernel.ErrorCode.NOT_PUBLISHED;

import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.AccountStatus;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.PlatformCommandId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Connectors;
import dev.carillon.core.platform.DeletesPosts;
import dev.carillon.core.platformcommand.PlatformCommandKind;
import dev.carillon.core.platformcommand.PlatformCommandService;
import dev.carillon.core.platformcommand.PlatformCommandWaits;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationQueries;
import dev.carillon.core.publication.PublicationSteps;
import dev.carillon.core.publication.SandboxedPosts;
import dev.carillon.core.publication.StepKind;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Requests that a worker delete a published post from its platform. Carillon's own records of the post are kept. */
@Singleton
public class DeleteService {
    private final Transactions transactions;
    private final InterventionQueries interventions;
    private final PublicationQueries publications;
    private final PublicationSteps steps;
    private final SandboxedPosts sandboxed;
    private final AccountService accounts;
    private final Connectors connectors;
    private final PlatformCommandService commands;
    private final PlatformCommandWaits waits;

    DeleteService(
            Transactions transactions,
            InterventionQueries interventions,
            PublicationQueries publications,
            PublicationSteps steps,
            SandboxedPosts sandboxed,
            AccountService accounts,
            Connectors connectors,
            PlatformCommandService commands,
            PlatformCommandWaits waits) {
        this.transactions = transactions;
        this.interventions = interventions;
        this.publications = publications;
        this.steps = steps;
        this.sandboxed = sandboxed;
        this.accounts = accounts;
        this.connectors = connectors;
        this.commands = commands;
        this.waits = waits;
    }

    /**
     * Requests the deletion and waits for it, up to a time limit; a deletion that takes longer continues. Repeated and
     * concurrent calls are harmless. Never call this inside a transaction.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code delete_not_supported}, {@code not_published}, {@code
     *     account_disconnected}, or the platform's reason not to delete it
     */
    public CommandResult delete(Actor caller, PublicationId id) {
        caller.require(Scope.POSTS_PUBLISH);
        var actor = sandboxed.actorFor(caller, id);
        transactions.inWorkspace(actor, () -> request(actor, id)).ifPresent(command -> await(actor, command));
        return transactions.inWorkspace(actor, () -> {
            var publication = publications.find(actor.tenant(), id).orElseThrow(() -> notFound(id));
            return new CommandResult(publication, publication.followUp().deletedAt() != null);
        });
    }

    private void await(Actor actor, PlatformCommandId id) {
        var command = waits.await(actor.workspace(), id);
        var failure = command.failure();
        if (command.ended() && failure != null) {
            throw failure.code().because(failure.message());
        }
    }

    /** Empty if it is already deleted. */
    private Optional<PlatformCommandId> request(Actor actor, PublicationId id) {
        var publication = interventions.lock(actor.tenant(), id).orElseThrow(() -> notFound(id));
        if (publication.followUp().deletedAt() != null) {
            return Optional.empty();
        }
        refuseUnlessDeletable(actor, publication);
        // A post that is being deleted needs no check.
        interventions.skipCheck(id);
        steps.record(publication, StepKind.DELETE_REQUESTED, Intervention.by(actor));
        return Optional.of(commands.request(actor.tenant(), id, PlatformCommandKind.DELETE));
    }

    private void refuseUnlessDeletable(Actor actor, Publication publication) {
        var account = accounts.find(actor.tenant(), publication.account()).orElseThrow();
        if (!(connectors.get(account.connected()) instanceof DeletesPosts connector)
                || !connector.deletes(account.platform())) {
            throw DELETE_NOT_SUPPORTED.because(
                    "Posts on %s cannot be deleted through its API; delete the post there by hand."
                            .formatted(publication.platform().wireName()));
        }
        var post = publication.platformPost();
        if (post == null) {
            throw NOT_PUBLISHED.because("Publication %s is %s; only published publications can be deleted."
                    .formatted(publication.id(), publication.status().wireName()));
        }
        if (post.id() == null) {
            throw DELETE_NOT_SUPPORTED.because(
                    "The platform's id of this post is unknown: it was resolved without `platform_post_id`. Delete the post there by hand.");
        }
        if (account.status() == AccountStatus.DISCONNECTED) {
            throw ACCOUNT_DISCONNECTED.because(
                    "Account %s is disconnected; connect it again first.".formatted(account.id()));
        }
    }

    private static RuntimeException notFound(PublicationId id) {
        return NOT_FOUND.because("There is no publication %s.".formatted(id));
    }
}
