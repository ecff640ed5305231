package dev.carillon.core.post;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.pacing.LateWish;
import dev.carillon.core.post.NewPost.NewTarget;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.publication.RevisionContent.TargetContent;
import dev.carillon.core.publication.ThreadPart;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        boolean allowDuplicate) {
    /**
     * The complete post after the edit, as if it were new.
     *
     * @param mode that of the caller; accounts are named by the ids that are known in this mode
     */
    NewPost applyTo(Post post, Mode mode) {
        return new NewPost(
                Objects.requireNonNullElse(text, post.content().text()),
                Objects.requireNonNullElse(thread, post.content().thread()),
                targets == null ? targetsOf(post, mode) : targets,
                when == null ? whenOf(post) : when,
                metadata == null ? post.metadata() : metadata,
                allowDuplicate,
                new LateWish(
                        late.grace() == null ? post.late().grace() : late.grace(),
                        late.misfirePolicy() == null ? post.late().misfirePolicy() : late.misfirePolicy()),
                post.sandbox(),
                List.of(),
                post.webhookUrl());
    }

    private static When whenOf(Post post) {
        return post.publishAt() == null ? new When.Draft() : new When.At(post.publishAt(), true);
    }

    private static List<NewTarget> targetsOf(Post post, Mode mode) {
        return post.publications().stream()
                .filter(publication -> publication.part() == 0)
                .map(publication -> {
                    var own = post.content()
                            .targets()
                            .getOrDefault(publication.account().toString(), TargetContent.SAME);
                    return new NewTarget(publication.accountIn(mode), own.text(), own.thread(), own.settings(), null);
                })
                .toList();
    }
}
