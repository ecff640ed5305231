package dev.carillon.core.post;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.post.PostFilter.Span;
import dev.carillon.core.publication.PostStatus;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the posts of one page of a list, newest first, by words and all other conditions. */
@Singleton
class PostSearch {
    /**
     * For each post wanted, how many posts that pass the rest of the filter are first checked for its words or its
     * state.
     */
    private static final int ASKED_FIRST = 10;
    /** Words are rare if fewer posts than this contain them, for each post wanted. */
    private static final int RARE = 50;
    /** A state is rare if fewer posts than this are in it. */
    private static final int FEW = 2_000;

    private final PostListQueries queries;

    PostSearch(PostListQueries queries) {
        this.queries = queries;
    }

    /**
     * Joins the open transaction. If there are conditions other than words, the newest posts that pass them are checked
     * for the words first. If few posts pass, or the words are common, that completes the page.
     *
     * @param after the post after which the page starts; null for the first page
     */
    List<PostId> find(Actor actor, PostFilter filter, @Nullable PostId after, int limit) {
        var tenant = actor.tenant();
        var words = filter.search();
        if (words == null) {
            return findInTime(tenant, filter, after, limit);
        }
        // Words are searched across the whole workspace, and a key restricted to some accounts sees only part of it.
        if (filter.sandbox() == null && !filter.isByMoreThanWords() && actor.keepsTo() == null) {
            return queries.saying(tenant, words, after, limit);
        }
        var first = findInTime(tenant, filter, after, ASKED_FIRST * limit);
        var saying = queries.amongSaying(first, words, limit);
        if (saying.size() == limit || first.size() < ASKED_FIRST * limit) {
            return saying;
        }
        var older = findOlder(tenant, filter, words, first.getLast(), limit);
        return Stream.concat(saying.stream(), older.stream()).limit(limit).toList();
    }

    /** Ignores the filter's words. If a time span is the deciding condition, its posts may be far from the newest. */
    private List<PostId> findInTime(Tenant tenant, PostFilter filter, @Nullable PostId after, int limit) {
        if (filter.isOfSome() || filter.sandbox() != null || isOfRareState(filter)) {
            return findInState(tenant, filter, after, limit);
        }
        boolean isOfCreation = !filter.created().equals(Span.ALWAYS);
        // Posts that are checked for words must come in the order of ids.
        if (isOfCreation && filter.search() == null) {
            return queries.listByCreation(tenant, filter, after, limit);
        }
        return isOfCreation || !filter.publish().equals(Span.ALWAYS)
                ? queries.listBySpan(tenant, filter, after, limit)
                : queries.list(tenant, filter, after, limit);
    }

    /** Ignores the filter's words. If a state is rare, all posts in it are checked against the rest of the filter. */
    private List<PostId> findInState(Tenant tenant, PostFilter filter, @Nullable PostId after, int limit) {
        if (!isOfRareState(filter)) {
            return queries.list(tenant, filter, after, limit);
        }
        if (!filter.isOfSome()) {
            return queries.inState(tenant, filter, after, limit);
        }
        // If many posts are in the state, some of these are too.
        var first = queries.list(tenant, filter.inAnyState(), after, ASKED_FIRST * limit);
        var passing = queries.among(tenant, filter, first, limit);
        if (passing.size() == limit || first.size() < ASKED_FIRST * limit) {
            return passing;
        }
        var inState = queries.inState(tenant, filter, after, FEW);
        return inState.size() < FEW
                ? queries.among(tenant, filter, inState, limit)
                : queries.list(tenant, filter, after, limit);
    }

    private static boolean isOfRareState(PostFilter filter) {
        return filter.status() != null && filter.status() != PostStatus.PUBLISHED;
    }

    /**
     * If the words are rare, all posts that contain them are checked against the rest of the filter. If they are
     * common, posts that pass the rest are checked one by one for the words, and one that contains them is soon found.
     */
    private List<PostId> findOlder(Tenant tenant, PostFilter filter, SearchWords words, PostId than, int limit) {
        var saying = queries.fewSaying(tenant, words, than, RARE * limit);
        return saying.size() < RARE * limit
                ? queries.among(tenant, filter, saying, limit)
                : queries.listSaying(tenant, filter, than, limit);
    }
}
