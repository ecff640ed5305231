package dev.carillon.core.post;

import static dev.carillon.core.kernel.ErrorCode.ALREADY_PUBLISHING;
import static dev.carillon.core.kernel.ErrorCode.NOT_CANCELABLE;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.publication.PostStatus;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.PublicationService;
import dev.carillon.core.publication.SandboxedPosts;
import dev.carillon.core.publication.duplicate.ContentGuard;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Accepts, shows and cancels posts. */
@Singleton
public class PostService {
    private final Transactions transactions;
    private final PostQueries posts;
    private final PostSearch search;
    private final PublicationService publications;
    private final PostPreparation preparation;
    private final SandboxedPosts sandboxed;
    private final ContentGuard guard;
    private final PostEvents events;

    PostService(
            Transactions transactions,
            PostQueries posts,
            PostSearch search,
            PublicationService publications,
            PostPreparation preparation,
            SandboxedPosts sandboxed,
            ContentGuard guard,
            PostEvents events) {
        this.transactions = transactions;
        this.posts = posts;
        this.search = search;
        this.publications = publications;
        this.preparation = preparation;
        this.sandboxed = sandboxed;
        this.guard = guard;
        this.events = events;
    }

    /**
     * Accepts a post and holds its cost; each publication becomes due at the post's time. If a live key asks for a
     * simulated post, it is created in test mode, on the sandbox accounts of the accounts that it names.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code duplicate_content} if an account already has the same content,
     *     {@code address_not_allowed} for a {@code webhookUrl} that may not be called
     */
    public AcceptedPost accept(Actor caller, NewPost wanted) {
        caller.require(scopeFor(wanted.when()));
        return transactions.inWorkspace(caller, () -> {
            var prepared = preparation.create(caller, wanted);
            var post = prepared.post();
            var now = prepared.now();
            var near = guard.armNew(
                    post.publications(), post.content(), prepared.allowDuplicate(), now, prepared::pointerOf);
            posts.add(post, prepared.callback());
            publications.add(post.publications(), now);
            events.created(post, now);
            return AcceptedPost.of(post, near, prepared::pointerOf);
        });
    }

    /** The scope that a key needs to create a post with this time. */
    public static Scope scopeFor(When when) {
        return switch (when) {
            case When.Draft() -> Scope.POSTS_DRAFT;
            case When.Now() -> Scope.POSTS_PUBLISH;
            case When.At(var time, var allowPast) -> Scope.POSTS_SCHEDULE;
        };
    }

    /**
     * One post with its publications.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code not_found}, also for a post of another workspace or mode
     */
    public Post get(Actor actor, PostId id) {
        actor.require(Scope.POSTS_READ);
        return read(actor, id);
    }

    /** Posts, newest first: those of the caller's mode, or those of live keys that the sandbox simulates. */
    public Page<Post> list(Actor caller, PostFilter filter, PageRequest page) {
        caller.require(Scope.POSTS_READ);
        var actor = sandboxed.actorFor(caller, Boolean.TRUE.equals(filter.sandbox()));
        return transactions.inWorkspace(actor, () -> {
            var ids = search.find(actor, filter, page.after(PostId.KIND), page.limit() + 1);
            var both = publications.ofPostsWith(posts.finding(ids), posts::post, ids);
            var parts = both.second().stream().collect(Collectors.groupingBy(Publication::post));
            var heads = both.first().stream().collect(Collectors.toMap(Post::id, Function.identity()));
            var found = ids.stream()
                    .flatMap(id -> Optional.ofNullable(heads.get(id)).stream())
                    .map(head -> head.with(parts.getOrDefault(head.id(), List.of())))
                    .toList();
            return Page.of(found, page.limit(), post -> post.id().toString());
        });
    }

    /**
     * Cancels every publication that has not been sent. The database decides the race with the worker: a canceled
     * publication is never sent, and one that may have been sent is never canceled.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code already_publishing} if nothing could be canceled and a
     *     publication is still in progress, {@code not_cancelable} if all publications have already ended in another
     *     way
     */
    public Post cancel(Actor caller, PostId id) {
        caller.require(Scope.POSTS_SCHEDULE);
        return transactions.inWorkspace(caller, () -> {
            var actor = sandboxed.actorFor(caller, id);
            existing(actor, id);
            var canceled = publications.cancel(actor, id);
            var post = existing(actor, id);
            if (canceled.isEmpty() && post.status() != PostStatus.CANCELED) {
                throw underWay(post)
                        ? ALREADY_PUBLISHING.because(
                                "Post %s is being published and can no longer be stopped; wait for its outcome."
                                        .formatted(id))
                        : NOT_CANCELABLE.because("Post %s is already %s; only unsent publications can be canceled."
                                .formatted(id, post.status().wireName()));
            }
            return post;
        });
    }

    private static boolean underWay(Post post) {
        return post.publications().stream().map(Publication::status).anyMatch(status -> !status.isTerminal());
    }

    /** One post, without a check for {@code posts.read}, so that its creator can read it. */
    Post read(Actor caller, PostId id) {
        return transactions.inWorkspace(caller, () -> existing(sandboxed.actorFor(caller, id), id));
    }

    /** Updates the post's time after publications of it were given a new one. */
    void moved(PostId id, Instant publishAt, Instant now) {
        posts.move(id, publishAt, now);
    }

    /** One post of the actor's own mode; joins the open transaction. */
    Post existing(Actor actor, PostId id) {
        var both = publications.ofPostsWith(posts.finding(actor.tenant(), id), posts::post, List.of(id));
        var head = both.first().stream()
                .findFirst()
                .orElseThrow(() -> NOT_FOUND.because("There is no post %s.".formatted(id)));
        return head.with(both.second());
    }
}
