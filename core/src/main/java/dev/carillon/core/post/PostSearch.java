package dev.carillon.core.post;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.kernel.PostId;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the posts of one page of a list, newest first, by words and by everything else. */
@Singleton
class PostSearch {
    /** Words that fewer posts say than this are rare. */
    private static final int RARE = 1_000;

    private final PostListQueries queries;

    PostSearch(PostListQueries queries) {
        this.queries = queries;
    }

    /**
     * Joins the open transaction. Where words are rare, all posts that say them are looked at; where they are common, posts that pass the rest
     * of the filter are asked whether they say them, which will soon be one.
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
        var saying = queries.saying(tenant, words, after, RARE);
        return saying.size() < RARE
                ? queries.among(tenant, filter, saying, limit)
                : queries.listSaying(tenant, filter, after, limit);
    }
}
