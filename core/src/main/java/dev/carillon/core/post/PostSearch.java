package dev.carillon.core.post;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.Tenant;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the posts of one page of a list, newest first, by words and by everything else. */
@Singleton
class PostSearch {
    /** As many posts that pass the rest of a filter are asked for its words first, for each that is wanted. */
    private static final int ASKED_FIRST = 10;
    /** Words that fewer posts say than this, for each that is wanted, are rare. */
    private static final int RARE = 50;

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
            return queries.list(tenant, filter, after, limit);
        }
        // Words are found across the whole workspace, of which a bound caller sees a part.
        if (filter.sandbox() == null && !filter.isByMoreThanWords() && actor.keepsTo() == null) {
            return queries.saying(tenant, words, after, limit);
        }
        var first = queries.list(tenant, filter, after, ASKED_FIRST * limit);
        var saying = queries.amongSaying(first, words, limit);
        if (saying.size() == limit || first.size() < ASKED_FIRST * limit) {
            return saying;
        }
        var older = findOlder(tenant, filter, words, first.getLast(), limit);
        return Stream.concat(saying.stream(), older.stream()).limit(limit).toList();
    }

    /**
     * Where words are rare, all posts that say them are held against the rest of the filter; where they are common, posts that pass the rest are
     * asked one after the other whether they say them, which will soon be one.
     */
    private List<PostId> findOlder(Tenant tenant, PostFilter filter, SearchWords words, PostId than, int limit) {
        var saying = queries.saying(tenant, words, than, RARE * limit);
        return saying.size() < RARE * limit
                ? queries.among(tenant, filter, saying, limit)
                : queries.listSaying(tenant, filter, than, limit);
    }
}
