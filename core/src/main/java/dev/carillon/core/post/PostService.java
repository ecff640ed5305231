package dev.carillon.core.post;

import static dev.carillon.core.kernel.ErrorCode.ALREADY_PUBLISHING;
import static dev.carillon.core.kernel.ErrorCode.NOT_CANCELABLE;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;

import dev.carillon.core.account.Account;
import dev.carillon.core.apikey.Actor;
import dev.carillon.core.apikey.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.Events;
import dev.carillon.core.event.Payload.PostPayload;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.post.NewPost.NewTarget;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.publication.ContentGuard;
import dev.carillon.core.publication.PostStatus;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationService;
import dev.carillon.core.publication.PublicationState;
import dev.carillon.core.publication.PublicationViews;
import dev.carillon.core.publication.RevisionContent;
import dev.carillon.core.publication.RevisionContent.TargetContent;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import dev.carillon.core.usage.PriceList;
import dev.carillon.core.workspace.Plan;
import dev.carillon.core.workspace.WorkspaceService;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Accepts, shows and cancels posts. */
@Singleton
public class PostService {
    private final Transactions transactions;
    private final PostQueries posts;
    private final PublicationService publications;
    private final PostPlan plan;
    private final ContentGuard guard;
    private final PriceList prices;
    private final WorkspaceService workspaces;
    private final Events events;
    private final Signals signals;
    private final Ids ids;
    private final Clocks clocks;

    PostService(
            Transactions transactions,
            PostQueries posts,
            PublicationService publications,
            PostPlan plan,
            ContentGuard guard,
            PriceList prices,
            WorkspaceService workspaces,
            Events events,
            Signals signals,
            Ids ids,
            Clocks clocks) {
        this.transactions = transactions;
        this.posts = posts;
        this.publications = publications;
        this.plan = plan;
        this.guard = guard;
        this.prices = prices;
        this.workspaces = workspaces;
        this.events = events;
        this.signals = signals;
        this.ids = ids;
        this.clocks = clocks;
    }

    /** Accepts a post, as {@link #accept}. */
    public Post create(Actor actor, NewPost draft) {
        return accept(actor, draft).post();
    }

    /**
     * Accepts a post and holds its cost; each publication becomes due at the post's time.
     *
     * @throws dev.carillon.core.kernel.Refusal {@code duplicate_content} when an account says the same already
     */
    public AcceptedPost accept(Actor actor, NewPost draft) {
        actor.require(scopeFor(draft.when()));
        return transactions.inWorkspace(actor.workspace(), () -> {
            var now = clocks.now(actor.workspace(), actor.mode());
            var targets = plan.accountsOf(actor, draft);
            plan.checkContent(draft, targets);
            var post = postOf(actor, draft, targets, plan.publishAt(draft.when(), now), now);
            guard.arm(post.publications(), post.content(), draft.allowDuplicate(), now);
            var near = guard.near(post.publications(), post.content());
            posts.add(post);
            publications.add(post.publications(), now);
            events.record(actor.tenant(), new Event.PostCreated(payload(post)), now);
            transactions.afterCommit(() -> signals.send(Signal.PUBLICATIONS_DUE));
            return AcceptedPost.of(post, near);
        });
    }

    /** What a key needs to create a post that goes out then. */
    public static Scope scopeFor(When when) {
        return switch (when) {
            case When.Draft() -> Scope.POSTS_DRAFT;
            case When.Now() -> Scope.POSTS_PUBLISH;
            case When.At(var time, var allowPast) -> Scope.POSTS_SCHEDULE;
        };
    }

    private Post postOf(Actor actor, NewPost draft, List<Account> targets, @Nullable Instant publishAt, Instant now) {
        var id = ids.next(PostId.KIND);
        var content = content(draft);
        var fee = workspaces.plan(actor.workspace());
        var parts = new ArrayList<Publication>();
        for (var account : targets) {
            parts.add(publicationOf(id, content, account, parts.size(), fee, draft.when(), publishAt, now));
        }
        var status = PostStatus.of(parts.stream().map(Publication::status).toList());
        return new Post(
                id,
                actor.tenant(),
                status,
                1,
                content,
                publishAt,
                draft.late(),
                actor.key(),
                draft.metadata(),
                parts,
                now,
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

    private Publication publicationOf(
            PostId post,
            RevisionContent content,
            Account account,
            int position,
            Plan fee,
            When when,
            @Nullable Instant publishAt,
            Instant now) {
        return new Publication(
                ids.next(PublicationId.KIND),
                account.tenant(),
                post,
                1,
                account.id(),
                account.platform(),
                position,
                publishAt,
                when instanceof When.Now,
                publishAt == null ? new PublicationState.Draft() : new PublicationState.Scheduled(publishAt, null),
                new Publication.Tries(0, 0),
                0,
                Checkpoint.NONE,
                prices.costOf(fee, account.platform(), content.textFor(account.id())),
                Publication.Aftermath.NONE,
                now);
    }

    /**
     * One post with its publications.
     *
     * @throws dev.carillon.core.kernel.Refusal {@code not_found}, also for another workspace's or mode's
     */
    public Post get(Actor actor, PostId id) {
        actor.require(Scope.POSTS_READ);
        return read(actor, id);
    }

    /** Posts, newest first. */
    public Page<Post> list(Actor actor, @Nullable PostStatus status, PageRequest page) {
        actor.require(Scope.POSTS_READ);
        return transactions.inWorkspace(actor.workspace(), () -> {
            var heads = posts.list(actor.tenant(), status, page.after(PostId.KIND), page.limit() + 1);
            var parts = publications.ofPosts(heads.stream().map(Post::id).toList()).stream()
                    .collect(Collectors.groupingBy(Publication::post));
            var found = heads.stream()
                    .map(head -> withPublications(head, parts.getOrDefault(head.id(), List.of())))
                    .toList();
            return Page.of(found, page.limit(), post -> post.id().toString());
        });
    }

    /**
     * Cancels every publication that has not been sent. The database decides the race with the worker: what is canceled is never
     * sent, and what may have been sent is never canceled.
     *
     * @throws dev.carillon.core.kernel.Refusal {@code already_publishing} when nothing could be canceled and something is on its
     *     way, {@code not_cancelable} when all has ended otherwise
     */
    public Post cancel(Actor actor, PostId id) {
        actor.require(Scope.POSTS_SCHEDULE);
        return transactions.inWorkspace(actor.workspace(), () -> {
            existing(actor, id);
            var canceled = publications.cancel(actor, id, clocks.now(actor.workspace(), actor.mode()));
            var post = existing(actor, id);
            if (canceled.isEmpty() && post.status() != PostStatus.CANCELED) {
                throw underWay(post)
                        ? ALREADY_PUBLISHING.because("Post %s is being published.".formatted(id))
                        : NOT_CANCELABLE.because("Post %s has ended as %s."
                                .formatted(id, post.status().wireName()));
            }
            return post;
        });
    }

    private static boolean underWay(Post post) {
        return post.publications().stream().map(Publication::status).anyMatch(status -> !status.isTerminal());
    }

    /** One post, for whoever made it. */
    Post read(Actor actor, PostId id) {
        return transactions.inWorkspace(actor.workspace(), () -> existing(actor, id));
    }

    /** Says that publications of a post have a new time. */
    void moved(PostId id, Instant publishAt, Instant now) {
        posts.move(id, publishAt, now);
    }

    Post existing(Actor actor, PostId id) {
        var head = posts.find(actor.tenant(), id)
                .orElseThrow(() -> NOT_FOUND.because("There is no post %s.".formatted(id)));
        return withPublications(head, publications.ofPosts(List.of(id)));
    }

    private static Post withPublications(Post head, List<Publication> parts) {
        return new Post(
                head.id(),
                head.tenant(),
                head.status(),
                head.revision(),
                head.content(),
                head.publishAt(),
                head.late(),
                head.apiKey(),
                head.metadata(),
                parts,
                head.createdAt(),
                head.updatedAt());
    }

    private static PostPayload payload(Post post) {
        return new PostPayload(
                post.id().toString(),
                "post",
                post.status().wireName(),
                post.publishAt(),
                post.publications().stream().map(PublicationViews::of).toList(),
                post.metadata(),
                post.tenant().mode().livemode(),
                post.createdAt());
    }
}
