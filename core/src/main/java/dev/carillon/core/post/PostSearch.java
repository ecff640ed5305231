package dev.carillon.core.post;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.post.PostFilter.Span;
import dev.carillon.core.publication.PostStatus;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the posts of one page of a list, newest first, by words and by everything else. */
@Singleton
class PostSearch {
    /** As many posts that pass the rest of a filter are asked for its words, or for its state, first, for each that is wanted. */
    private static final int ASKED_FIRST = 10;
    /** Words that fewer posts say than this, for each that is wanted, are rare. */
    private static final int RARE = 50;
    /** A state that fewer posts are in is rare. */
    private static final int FEW = 2_000;

    private final PostListQueries queries;

    PostSearch(PostListQueries queries) {
        this.queries = queries;
    }

    /**
     * Joins the open transaction. Where words are not all that is asked for, the newest posts that pass the rest are asked for them: there are
     * few, or the words are common, and the page is had.
     *
     * @param after the post that the page begins behind; null for the first page
     */
    List<PostId> find(Actor actor, PostFilter filter, @Nullable PostId after, int limit) {
        var tenant = actor.tenant();
        var words = filter.search();
        if (words == null) {
            return findInTime(tenant, filter, after, limit);
        }
        // Words are found across the whole workspace, of which a bound caller sees a part.
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

    /** Its words left aside. Where a span of time is what decides, its posts may be far from the newest. */
    private List<PostId> findInTime(Tenant tenant, PostFilter filter, @Nullable PostId after, int limit) {
        if (filter.isOfSome() || filter.sandbox() != null || isOfRareState(filter)) {
            return findInState(tenant, filter, after, limit);
        }
        boolean isOfCreation = !filter.created().equals(Span.ALWAYS);
        // What words are asked of goes on in the order of ids.
        if (isOfCreation && filter.search() == null) {
            return queries.listByCreation(tenant, filter, after, limit);
        }
        return isOfCreation || !filter.publish().equals(Span.ALWAYS)
                ? queries.listBySpan(tenant, filter, after, limit)
                : queries.list(tenant, filter, after, limit);
    }

    /** Its words left aside. Where a state is rare, all posts that are in it are held against the rest of the filter. */
    private List<PostId> findInState(Tenant tenant, PostFilter filter, @Nullable PostId after, int limit) {
        if (!isOfRareState(filter)) {
            return queries.list(tenant, filter, after, limit);
        }
        if (!filter.isOfSome()) {
            return queries.inState(tenant, filter, after, limit);
        }
        // Where many are in the state, these have it as well.
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
     * Where words are rare, all posts that say them are held against the rest of the filter; where they are common, posts that pass the rest are
     * asked one after the other whether they say them, which will soon be one.
     */
    private List<PostId> findOlder(Tenant tenant, PostFilter filter, SearchWords words, PostId than, int limit) {
        var saying = queries.fewSaying(tenant, words, than, RARE * limit);
        return saying.size() < RARE * limit
                ? queries.among(tenant, filter, saying, limit)
                : queries.listSaying(tenant, filter, than, limit);
    }
}
