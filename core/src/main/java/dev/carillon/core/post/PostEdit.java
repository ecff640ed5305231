package dev.carillon.core.post;

import dev.carillon.core.pacing.LateWish;
import dev.carillon.core.post.NewPost.NewTarget;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.publication.ThreadPart;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change to a post; null leaves a value unchanged.
 *
 * @param revision of the post that the caller read; null if it was checked in another way, or may be any
 * @param thread replaces all parts that follow the post; empty for none
 * @param targets replaces all targets
 * @param late replaces each of its two parts that is not null
 * @param allowDuplicate whether the post may have content that an account already has
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
