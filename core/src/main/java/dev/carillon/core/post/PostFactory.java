package dev.carillon.core.post;

import dev.carillon.core.account.Account;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.post.NewPost.NewTarget;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.post.TargetResolver.ResolvedPost;
import dev.carillon.core.publication.HoldReason;
import dev.carillon.core.publication.PostStatus;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationState;
import dev.carillon.core.publication.RevisionContent;
import dev.carillon.core.publication.RevisionContent.TargetContent;
import dev.carillon.core.publication.ThreadPlace;
import dev.carillon.core.usage.PriceList;
import dev.carillon.core.workspace.Plan;
import dev.carillon.core.workspace.WorkspaceService;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds a post and its priced publications from a draft; writes nothing. */
@Singleton
class PostFactory {
    private final PriceList prices;
    private final WorkspaceService workspaces;
    private final Ids ids;

    PostFactory(PriceList prices, WorkspaceService workspaces, Ids ids) {
        this.prices = prices;
        this.workspaces = workspaces;
        this.ids = ids;
    }

    Post of(ResolvedPost resolved, @Nullable Instant publishAt, Instant now) {
        var id = ids.next(PostId.KIND);
        var actor = resolved.actor();
        var draft = resolved.draft();
        var content = content(draft);
        var fee = workspaces.recentPlan(actor.workspace());
        var parts = new Planning(id, 1, resolved, content, fee, publishAt, Map.of(), now).publications();
        return new Post(
                id,
                actor.tenant(),
                PostStatus.ofAll(parts),
                1,
                content,
                publishAt,
                draft.late(),
                resolved.sandbox(),
                draft.webhookUrl(),
                PostCreator.of(actor),
                draft.metadata(),
                parts,
                now,
                now);
    }

    /** The next revision of a post. A publication keeps its id if its account already had that part. */
    Post revised(Post before, ResolvedPost resolved, @Nullable Instant publishAt, Instant now) {
        var draft = resolved.draft();
        var content = content(draft);
        var fee = workspaces.recentPlan(before.tenant().workspace());
        int revision = before.revision() + 1;
        var known = before.publications().stream().collect(Collectors.toMap(Place::of, Function.identity()));
        var parts = new Planning(before.id(), revision, resolved, content, fee, publishAt, known, now).publications();
        return new Post(
                before.id(),
                before.tenant(),
                PostStatus.ofAll(parts),
                revision,
                content,
                publishAt,
                draft.late(),
                before.sandbox(),
                before.webhookUrl(),
                before.creator(),
                draft.metadata(),
                parts,
                before.createdAt(),
                now);
    }

    private static RevisionContent content(NewPost draft) {
        var targets = draft.targets().stream()
                .filter(target -> target.text() != null
                        || target.thread() != null
                        || !target.settings().isEmpty())
                .collect(Collectors.toMap(
                        (NewTarget target) -> target.account().toString(),
                        target -> new TargetContent(target.text(), target.thread(), target.settings())));
        return new RevisionContent(draft.text(), draft.thread(), targets);
    }

    /** One part of the content on an account; part 0 is the post itself. */
    private record Place(AccountId account, int part) {
        static Place of(Publication publication) {
            return new Place(publication.account(), publication.part());
        }
    }

    /** Plans the publications of one revision of a post, account by account. */
    private final class Planning {
        private final PostId post;
        private final int revision;
        private final ResolvedPost resolved;
        private final RevisionContent content;
        private final Plan fee;
        private final @Nullable Instant publishAt;
        private final Map<Place, Publication> known;
        private final Instant now;
        private final List<Publication> planned = new ArrayList<>();

        Planning(
                PostId post,
                int revision,
                ResolvedPost resolved,
                RevisionContent content,
                Plan fee,
                @Nullable Instant publishAt,
                Map<Place, Publication> known,
                Instant now) {
            this.post = post;
            this.revision = revision;
            this.resolved = resolved;
            this.content = content;
            this.fee = fee;
            this.publishAt = publishAt;
            this.known = known;
            this.now = now;
        }

        List<Publication> publications() {
            for (int target = 0; target < resolved.accounts().size(); target++) {
                planOn(resolved.accounts().get(target), resolved.liveAccount(target));
            }
            return List.copyOf(planned);
        }

        private void planOn(Account account, @Nullable AccountId liveAccount) {
            int parts = content.threadFor(account.id()).size();
            var root = idOf(new Place(account.id(), 0));
            planned.add(publication(root, account, liveAccount, parts == 0 ? null : new ThreadPlace(root, null, 0)));
            var before = root;
            for (int part = 1; part <= parts; part++) {
                var id = idOf(new Place(account.id(), part));
                planned.add(publication(id, account, liveAccount, new ThreadPlace(root, before, part)));
                before = id;
            }
        }

        private PublicationId idOf(Place place) {
            var old = known.get(place);
            return old == null ? ids.next(PublicationId.KIND) : old.id();
        }

        private Publication publication(
                PublicationId id, Account account, @Nullable AccountId liveAccount, @Nullable ThreadPlace thread) {
            int part = thread == null ? 0 : thread.part();
            var old = known.get(new Place(account.id(), part));
            return new Publication(
                    id,
                    account.tenant(),
                    post,
                    revision,
                    account.id(),
                    liveAccount,
                    account.platform(),
                    planned.size(),
                    thread,
                    publishAt,
                    resolved.draft().when() instanceof When.Now,
                    state(part),
                    new Publication.AttemptCount(0, 0),
                    0,
                    Checkpoint.NONE,
                    prices.costOf(fee, account.platform(), content.textFor(account.id(), part)),
                    Publication.FollowUp.NONE,
                    old == null ? now : old.createdAt());
        }

        private PublicationState state(int part) {
            if (publishAt == null) {
                return new PublicationState.Draft();
            }
            return part == 0
                    ? new PublicationState.Scheduled(publishAt, null)
                    : new PublicationState.Held(HoldReason.WAITING_FOR_PARENT, null);
        }
    }
}
