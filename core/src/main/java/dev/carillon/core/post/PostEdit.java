package dev.carillon.core.post;

import dev.carillon.core.pacing.LateWish;
import dev.carillon.core.post.NewPost.NewTarget;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.publication.ThreadPart;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to change of a post; what is null stays.
 *
 * @param revision of the post that the caller read; null where it was checked otherwise, or may be any
 * @param thread in place of all parts that follow it; empty for none
 * @param targets in place of all that it has
 * @param late each of its two parts that is not null
 * @param allowDuplicate whether it may say what an account says already
 */
public record PostEdit(
        @Nullable Integer revision,
        @Nullable String text,
        @Nullable List<ThreadPart> thread,
        @Nullable List<NewTarget> targets,
        @Nullable When when,
        @Nullable Map<String, Object> metadata,
        LateWish late,
        boolean allowDuplicate) {}
