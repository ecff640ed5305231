package dev.carillon.core.publication;

import dev.carillon.core.database.Jsonb;
import dev.carillon.core.database.Row;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PlatformTicket;
import dev.carillon.core.publication.PublicationState.Held;
import dev.carillon.core.publication.PublicationState.OutcomeUnknown;
import dev.carillon.core.publication.PublicationState.Processing;
import dev.carillon.core.publication.PublicationState.Published;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Converts between the table's columns and {@link Publication}: one status column, and the columns that the state
 * needs.
 */
@Singleton
public class PublicationRows {
    private final Json json;

    PublicationRows(Json json) {
        this.json = json;
    }

    public Publication read(Row row) {
        return new Publication(
                row.id("id", PublicationId.KIND),
                new Tenant(row.id("workspace_id", WorkspaceId.KIND), row.mode()),
                row.id("post_id", PostId.KIND),
                row.integer("revision"),
                row.id("account_id", AccountId.KIND),
                row.idOrNull("live_account_id", AccountId.KIND),
                Platform.named(row.text("platform")).orElseThrow(),
                row.integer("position"),
                thread(row),
                row.instantOrNull("publish_at"),
                row.truth("urgent"),
                state(row),
                new Publication.AttemptCount(row.integer("attempts"), row.integer("failed_attempts")),
                row.number("generation"),
                new Checkpoint(texts(row, "checkpoint")),
                row.money("cost_micros", "cost_currency"),
                new Publication.FollowUp(
                        row.instantOrNull("check_at"),
                        row.instantOrNull("vanished_at"),
                        row.instantOrNull("deleted_at")),
                row.instant("created_at"));
    }

    private static @Nullable ThreadPlace thread(Row row) {
        var root = row.idOrNull("root_publication_id", PublicationId.KIND);
        return root == null
                ? null
                : new ThreadPlace(root, row.idOrNull("parent_publication_id", PublicationId.KIND), row.integer("part"));
    }

    private PublicationState state(Row row) {
        return switch (PublicationStatus.named(row.text("status"))) {
            case DRAFT -> new PublicationState.Draft();
            case PENDING_APPROVAL -> new PublicationState.PendingApproval();
            case SCHEDULED -> new PublicationState.Scheduled(row.instant("due_at"), failure(row));
            case HELD -> new Held(HoldReason.named(row.text("hold_reason")), failure(row));
            case PUBLISHING -> new PublicationState.Publishing();
            case PROCESSING -> new Processing(new PlatformTicket(texts(row, "ticket")), row.instant("due_at"));
            case PUBLISHED -> new Published(platformPost(row), row.instant("published_at"));
            case FAILED -> new PublicationState.Failed(requiredFailure(row));
            case OUTCOME_UNKNOWN ->
                new OutcomeUnknown(requiredFailure(row), row.instantOrNull("due_at"), row.integer("look_ups"));
            case MISSED -> new PublicationState.Missed(requiredFailure(row));
            case CANCELED -> new PublicationState.Canceled();
        };
    }

    PlatformPost platformPost(Row row) {
        return new PlatformPost(
                row.textOrNull("platform_post_id"), row.textOrNull("permalink"), texts(row, "platform_refs"));
    }

    private Map<String, String> texts(Row row, String column) {
        var text = row.textOrNull(column);
        return text == null ? Map.of() : json.readTexts(text);
    }

    private @Nullable Failure failure(Row row) {
        var text = row.textOrNull("failure");
        return text == null ? null : json.read(text, Failure.class);
    }

    private Failure requiredFailure(Row row) {
        return json.read(row.text("failure"), Failure.class);
    }

    @Nullable
    Jsonb failure(Publication publication) {
        var failure = publication.failure();
        return failure == null ? null : new Jsonb(json.write(failure));
    }

    Jsonb failure(Failure failure) {
        return new Jsonb(json.write(failure));
    }

    @Nullable
    Jsonb ticket(Publication publication) {
        return publication.state() instanceof Processing(var ticket, var askAt)
                ? new Jsonb(json.write(ticket.values()))
                : null;
    }

    @Nullable
    Jsonb refs(Publication publication) {
        var post = publication.platformPost();
        return post == null ? null : new Jsonb(json.write(post.refs()));
    }

    Jsonb checkpoint(Checkpoint checkpoint) {
        return new Jsonb(json.write(checkpoint.values()));
    }
}
