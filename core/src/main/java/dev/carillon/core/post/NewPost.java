package dev.carillon.core.post;

import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.pacing.LateWish;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.publication.ThreadPart;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A post as a caller asks for it, not yet checked against any platform.
 *
 * @param thread the parts that follow, for targets without their own thread
 * @param allowDuplicate whether to publish it even on an account that already has the same content
 * @param late what to do if it misses its time
 * @param sandbox whether the sandbox simulates it, whatever the caller's mode
 * @param broad targets that stand for several accounts, in addition to those that name one
 * @param webhookUrl an additional address for this post's events; null for none
 */
public record NewPost(
        String text,
        List<ThreadPart> thread,
        List<NewTarget> targets,
        When when,
        Map<String, Object> metadata,
        boolean allowDuplicate,
        LateWish late,
        boolean sandbox,
        List<BroadTarget> broad,
        @Nullable String webhookUrl) {
    public NewPost {
        thread = List.copyOf(thread);
        targets = List.copyOf(targets);
        broad = List.copyOf(broad);
        metadata = Map.copyOf(metadata);
    }

    /** The thread for a target. */
    List<ThreadPart> threadOf(NewTarget target) {
        return target.thread() == null ? thread : target.thread();
    }

    /** The same post, on exactly these accounts. */
    NewPost to(List<NewTarget> named) {
        return new NewPost(text, thread, named, when, metadata, allowDuplicate, late, sandbox, List.of(), webhookUrl);
    }

    /** The same post on other accounts, one for each target, in the same order. */
    NewPost on(List<AccountId> accounts) {
        var moved = IntStream.range(0, targets.size())
                .mapToObj(n -> new NewTarget(
                        accounts.get(n),
                        targets.get(n).text(),
                        targets.get(n).thread(),
                        targets.get(n).settings(),
                        targets.get(n).place()))
                .toList();
        return to(moved);
    }

    /**
     * One account to post to.
     *
     * @param text replaces the common text on this account; null for the common text
     * @param thread replaces the common thread on this account; null for the common thread
     * @param place the index at which the caller named it among all targets, for errors; null if that is its index in
     *     the list
     */
    public record NewTarget(
            AccountId account,
            @Nullable String text,
            @Nullable List<ThreadPart> thread,
            Map<String, Object> settings,
            @Nullable Integer place) {
        public NewTarget {
            thread = thread == null ? null : List.copyOf(thread);
            settings = Map.copyOf(settings);
        }
    }

    /**
     * All accounts of a kind that are not disconnected, except those that another target names.
     *
     * @param text replaces the common text on these accounts; null for the common text
     * @param thread replaces the common thread on these accounts; null for the common thread
     * @param place the index at which the caller named it among all targets
     */
    public record BroadTarget(
            Audience audience,
            @Nullable String text,
            @Nullable List<ThreadPart> thread,
            Map<String, Object> settings,
            int place) {
        public BroadTarget {
            thread = thread == null ? null : List.copyOf(thread);
            settings = Map.copyOf(settings);
        }
    }

    /** The accounts that a broad target stands for. */
    public sealed interface Audience {
        record Group(AccountGroupId id) implements Audience {}

        record OnPlatform(Platform platform) implements Audience {}
    }

    /** When to publish. */
    public sealed interface When {
        record Draft() implements When {}

        record Now() implements When {}

        /**
         * At this instant of business time.
         *
         * @param allowPast whether a time in the past means now; otherwise such a time is refused
         */
        record At(Instant time, boolean allowPast) implements When {}
    }
}
