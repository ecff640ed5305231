package dev.carillon.core.post;

import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;
import static dev.carillon.core.kernel.ErrorCode.REVISION_CONFLICT;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.ObjectLocks;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventRecorder;
import dev.carillon.core.event.EventRecorder.Fact;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.pacing.LateWish;
import dev.carillon.core.post.NewPost.NewTarget;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.RevisionContent.TargetContent;
import dev.carillon.core.publication.SandboxedPosts;
import dev.carillon.core.publication.duplicate.ContentGuard;
import dev.carillon.core.publication.intervention.PublicationEditor;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes the content, targets and time of posts before any part of them is sent. Each change is a revision; earlier
 * revisions are kept.
 */
@Singleton
public class EditService {
    private final Transactions transactions;
    private final ObjectLocks locks;
    private final PostService posts;
    private final PostQueries queries;
    private final PublicationEditor editor;
    private final PostPlan plan;
    private final ContentCheck content;
    private final TargetResolver targets;
    private final PostFactory factory;
    private final SandboxedPosts sandboxed;
    private final ContentGuard guard;
    private final EventRecorder events;
    private final Signals signals;
    private final Clocks clocks;

    EditService(
            Transactions transactions,
            ObjectLocks locks,
            PostService posts,
            PostQueries queries,
            PublicationEditor editor,
            PostPlan plan,
            ContentCheck content,
            TargetResolver targets,
            PostFactory factory,
            SandboxedPosts sandboxed,
            ContentGuard guard,
            EventRecorder events,
            Signals signals,
            Clocks clocks) {
        this.transactions = transactions;
        this.locks = locks;
        this.posts = posts;
        this.queries = queries;
        this.editor = editor;
        this.plan = plan;
        this.content = content;
        this.targets = targets;
        this.factory = factory;
        this.sandboxed = sandboxed;
        this.guard = guard;
        this.events = events;
        this.signals = signals;
        this.clocks = clocks;
    }

    /**
     * Makes another revision of a post. It must pass the checks for a new post and needs the scope of a new post of its
     * kind: {@code posts.draft}, {@code posts.schedule} or {@code posts.publish}. The edit takes the post's lock of
     * {@link ObjectLocks} first, so that no other edit can slip in after a precondition was checked under that lock.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code revision_conflict} if the post was edited in the meantime,
     *     {@code not_editable} if publishing of any part has started, and as for a new post
     */
    public Post edit(Actor caller, PostId id, PostEdit edit) {
        return transactions.inWorkspace(caller, () -> {
            locks.lock(id);
            var actor = sandboxed.actorFor(caller, id);
            caller.require(scopeFor(posts.existing(actor, id), edit));
            var parts = editor.lock(id);
            var post = queries.lock(actor.tenant(), id)
                    .orElseThrow(() -> NOT_FOUND.because("There is no post %s.".formatted(id)))
                    .with(inOrder(parts));
            requireRevision(post, edit);
            var resolved = targets.resolve(caller, merged(caller, post, edit));
            content.check(resolved.draft(), resolved.accounts());
            var now = clocks.now(actor.workspace(), actor.mode());
            var next = factory.revised(post, resolved, publishAt(post, edit, now), now);
            guard.hold(post.publications(), post.content(), next.publications(), next.content());
            guard.disarm(post.publications(), post.content());
            queries.revise(next);
            editor.write(caller, post.publications(), next.publications(), now);
            guard.arm(next.publications(), next.content(), edit.allowDuplicate(), now, resolved::pointerOf);
            var written = posts.existing(actor, id);
            events.record(facts(post, written, now));
            transactions.afterCommit(() -> signals.send(Signal.PUBLICATIONS_DUE));
            return written;
        });
    }

    /**
     * A draft that gets a future time is also recorded as scheduled. A new time for a post that already had one is an
     * update like any other.
     */
    private static List<Fact> facts(Post before, Post written, Instant now) {
        var payload = PostService.payload(written);
        var updated = new Fact(written.tenant(), new Event.PostUpdated(payload), now);
        return before.publishAt() == null && PostService.isAhead(written, now)
                ? List.of(updated, new Fact(written.tenant(), new Event.PostScheduled(payload), now))
                : List.of(updated);
    }

    private static List<Publication> inOrder(List<Publication> parts) {
        return parts.stream()
                .sorted(Comparator.comparingInt(Publication::position))
                .toList();
    }

    private static Scope scopeFor(Post post, PostEdit edit) {
        var when = edit.when();
        if (when != null && !(when instanceof When.Draft)) {
            return PostService.scopeFor(when);
        }
        return post.publishAt() == null ? Scope.POSTS_DRAFT : Scope.POSTS_SCHEDULE;
    }

    private static void requireRevision(Post post, PostEdit edit) {
        if (edit.revision() != null && post.revision() != edit.revision()) {
            throw REVISION_CONFLICT
                    .at(
                            "/revision",
                            "The change is based on revision %d, but the post is at revision %d."
                                    .formatted(edit.revision(), post.revision()))
                    .with(new ApiException.Current(null, post.revision()));
        }
    }

    private @Nullable Instant publishAt(Post post, PostEdit edit, Instant now) {
        return edit.when() == null ? post.publishAt() : plan.publishAt(edit.when(), now);
    }

    /** The complete post after the edit, as if it were new, with its accounts under the ids that the caller knows. */
    private static NewPost merged(Actor caller, Post post, PostEdit edit) {
        var late = post.late();
        return new NewPost(
                Objects.requireNonNullElse(edit.text(), post.content().text()),
                Objects.requireNonNullElse(edit.thread(), post.content().thread()),
                edit.targets() == null ? targets(caller, post) : edit.targets(),
                when(post, edit),
                edit.metadata() == null ? post.metadata() : edit.metadata(),
                edit.allowDuplicate(),
                new LateWish(
                        edit.late().grace() == null ? late.grace() : edit.late().grace(),
                        edit.late().misfirePolicy() == null
                                ? late.misfirePolicy()
                                : edit.late().misfirePolicy()),
                post.sandbox(),
                List.of(),
                post.webhookUrl());
    }

    private static When when(Post post, PostEdit edit) {
        if (edit.when() != null) {
            return edit.when();
        }
        return post.publishAt() == null ? new When.Draft() : new When.At(post.publishAt(), true);
    }

    private static List<NewTarget> targets(Actor caller, Post post) {
        return post.publications().stream()
                .filter(publication -> publication.part() == 0)
                .map(publication -> {
                    var own = post.content()
                            .targets()
                            .getOrDefault(publication.account().toString(), TargetContent.SAME);
                    return new NewTarget(
                            publication.accountIn(caller.mode()), own.text(), own.thread(), own.settings(), null);
                })
                .toList();
    }
}
