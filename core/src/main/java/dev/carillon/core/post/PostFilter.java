package dev.carillon.core.post;

import dev.carillon.core.publication.PostStatus;
import org.jspecify.annotations.Nullable;

/**
 * Which posts are asked for; null means all.
 *
 * @param sandbox whether a live key had the sandbox play them
 */
public record PostFilter(
        @Nullable PostStatus status, @Nullable Boolean sandbox) {
    public static final PostFilter ALL = new PostFilter(null, null);
}
