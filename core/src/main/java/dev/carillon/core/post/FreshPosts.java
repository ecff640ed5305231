package dev.carillon.core.post;

import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.post.Casting.Cast;
import dev.carillon.core.post.NewPost.NewTarget;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.publication.PostStatus;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationState;
import dev.carillon.core.publication.RevisionContent;
import dev.carillon.core.publication.RevisionContent.TargetContent;
import dev.carillon.core.usage.PriceList;
import dev.carillon.core.workspace.Plan;
import dev.carillon.core.workspace.WorkspaceService;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes what a draft asks for into a post with its publications, at their price; writes nothing. */
@Singleton
class FreshPosts {
    private final PriceList prices;
    private final WorkspaceService workspaces;
    private final Ids ids;

    FreshPosts(PriceList prices, WorkspaceService workspaces, Ids ids) {
        this.prices = prices;
        this.workspaces = workspaces;
        this.ids = ids;
    }

    Post of(Cast cast, @Nullable Instant publishAt, Instant now) {
        var id = ids.next(PostId.KIND);
        var actor = cast.actor();
        var draft = cast.draft();
        var content = content(draft);
        var fee = workspaces.plan(actor.workspace());
        var parts = IntStream.range(0, cast.accounts().size())
                .mapToObj(position -> publicationOf(
                        new Part(ids.next(PublicationId.KIND), id, 1, now), content, cast, position, fee, publishAt))
                .toList();
        return new Post(
                id,
                actor.tenant(),
                PostStatus.of(parts.stream().map(Publication::status).toList()),
                1,
                content,
                publishAt,
                draft.late(),
                cast.sandbox(),
                Maker.of(actor),
                draft.metadata(),
                parts,
                now,
                now);
    }

    /** The next revision of a post: publications on accounts that it had keep their ids. */
    Post revised(Post before, Cast cast, @Nullable Instant publishAt, Instant now) {
        var draft = cast.draft();
        var content = content(draft);
        var fee = workspaces.plan(before.tenant().workspace());
        int revision = before.revision() + 1;
        var known = before.publications().stream().collect(Collectors.toMap(Publication::account, Function.identity()));
        var parts = IntStream.range(0, cast.accounts().size())
                .mapToObj(position -> {
                    var old = known.get(cast.accounts().get(position).id());
                    var part = old == null
                            ? new Part(ids.next(PublicationId.KIND), before.id(), revision, now)
                            : new Part(old.id(), before.id(), revision, old.createdAt());
                    return publicationOf(part, content, cast, position, fee, publishAt);
                })
                .toList();
        return new Post(
                before.id(),
                before.tenant(),
                PostStatus.of(parts.stream().map(Publication::status).toList()),
                revision,
                content,
                publishAt,
                draft.late(),
                before.sandbox(),
                before.maker(),
                draft.metadata(),
                parts,
                before.createdAt(),
                now);
    }

    private static RevisionContent content(NewPost draft) {
        var targets = draft.targets().stream()
                .filter(target -> target.text() != null || !target.settings().isEmpty())
                .collect(Collectors.toMap(
                        (NewTarget target) -> target.account().toString(),
                        target -> new TargetContent(target.text(), target.settings())));
        return new RevisionContent(draft.text(), targets);
    }

    /** One publication in the making. */
    private record Part(PublicationId id, PostId post, int revision, Instant createdAt) {}

    private Publication publicationOf(
            Part part, RevisionContent content, Cast cast, int position, Plan fee, @Nullable Instant publishAt) {
        var account = cast.accounts().get(position);
        return new Publication(
                part.id(),
                account.tenant(),
                part.post(),
                part.revision(),
                account.id(),
                cast.standsInFor(position),
                account.platform(),
                position,
                publishAt,
                cast.draft().when() instanceof When.Now,
                publishAt == null ? new PublicationState.Draft() : new PublicationState.Scheduled(publishAt, null),
                new Publication.Tries(0, 0),
                0,
                Checkpoint.NONE,
                prices.costOf(fee, account.platform(), content.textFor(account.id())),
                Publication.Aftermath.NONE,
                part.createdAt());
    }
}
