package dev.carillon.core.timeline;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.TimeCursor;
import dev.carillon.core.publication.SandboxedPosts;
import dev.carillon.core.timeline.TimelineQueries.Recorded;
import jakarta.inject.Singleton;

/** Reads a post's timeline. */
@Singleton
public class TimelineService {
    private final Transactions transactions;
    private final TimelineQueries queries;
    private final SandboxedPosts sandboxed;

    TimelineService(Transactions transactions, TimelineQueries queries, SandboxedPosts sandboxed) {
        this.transactions = transactions;
        this.queries = queries;
        this.sandboxed = sandboxed;
    }

    /**
     * What happened to the post and its publications, oldest first.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code not_found}, also for a post of another workspace or mode
     */
    public Page<TimelineEntry> of(Actor actor, PostId id, PageRequest page) {
        actor.require(Scope.POSTS_READ);
        var after = TimeCursor.of(page);
        return transactions.inWorkspace(actor, () -> {
            if (!queries.exists(sandboxed.actorFor(actor, id).tenant(), id)) {
                throw ErrorCode.NOT_FOUND.because("There is no post %s.".formatted(id));
            }
            var part = Page.of(
                    queries.list(id, actor.mode(), after, page.limit() + 1), page.limit(), TimelineService::cursorOf);
            return new Page<>(part.data().stream().map(TimelineWords::told).toList(), part.nextCursor());
        });
    }

    private static String cursorOf(Recorded recorded) {
        return new TimeCursor(recorded.at(), recorded.key()).toString();
    }
}
