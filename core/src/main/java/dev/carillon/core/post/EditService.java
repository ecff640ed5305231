package dev.carillon.core.post;

import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;
import static dev.carillon.core.kernel.ErrorCode.REVISION_CONFLICT;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.ObjectLocks;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.publication.Publication;
import dev.carillon.core.publication.SandboxedPosts;
import dev.carillon.core.publication.duplicate.ContentGuard;
import dev.carillon.core.publication.intervention.PublicationEditor;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;

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
    private final PostPreparation preparation;
    private final SandboxedPosts sandboxed;
    private final ContentGuard guard;
    private final PostEvents events;

    EditService(
            Transactions transactions,
            ObjectLocks locks,
            PostService posts,
            PostQueries queries,
            PublicationEditor editor,
            PostPreparation preparation,
            SandboxedPosts sandboxed,
            ContentGuard guard,
            PostEvents events) {
        this.transactions = transactions;
        this.locks = locks;
        this.posts = posts;
        this.queries = queries;
        this.editor = editor;
        this.preparation = preparation;
        this.sandboxed = sandboxed;
        this.guard = guard;
        this.events = events;
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
            var prepared = preparation.revise(caller, post, edit);
            var next = prepared.post();
            var now = prepared.now();
            guard.hold(post.publications(), post.content(), next.publications(), next.content());
            guard.disarm(post.publications(), post.content());
            queries.revise(next);
            editor.write(caller, post.publications(), next.publications(), now);
            guard.arm(next.publications(), next.content(), prepared.allowDuplicate(), now, prepared::pointerOf);
            var written = posts.existing(actor, id);
            events.updated(post, written, now);
            return written;
        });
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
}
