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
 * What a caller wants posted, not yet checked against any platform.
 *
 * @param thread what follows it, where a target has no thread of its own
 * @param allowDuplicate whether it is posted even where an account says the same already
 * @param late what is to become of it when it is late
 * @param sandbox whether the sandbox is to play it, whatever the caller's mode
 * @param broad targets that stand for several accounts, beside those that name one
 * @param webhookUrl where its own events are sent as well; null for nowhere else
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

    public NewPost(String text, List<NewTarget> targets, When when, Map<String, Object> metadata) {
        this(text, targets, when, metadata, false);
    }

    public NewPost(
            String text, List<NewTarget> targets, When when, Map<String, Object> metadata, boolean allowDuplicate) {
        this(text, targets, when, metadata, allowDuplicate, LateWish.NONE);
    }

    public NewPost(
            String text,
            List<NewTarget> targets,
            When when,
            Map<String, Object> metadata,
            boolean allowDuplicate,
            LateWish late) {
        this(text, targets, when, metadata, allowDuplicate, late, false);
    }

    public NewPost(
            String text,
            List<NewTarget> targets,
            When when,
            Map<String, Object> metadata,
            boolean allowDuplicate,
            LateWish late,
            boolean sandbox) {
        this(text, List.of(), targets, when, metadata, allowDuplicate, late, sandbox, List.of(), null);
    }

    /** The same, with this to follow. */
    public NewPost followedBy(List<ThreadPart> parts) {
        return new NewPost(text, parts, targets, when, metadata, allowDuplicate, late, sandbox, broad, webhookUrl);
    }

    /** The same, with its own events sent there as well. */
    public NewPost toldTo(@Nullable String url) {
        return new NewPost(text, thread, targets, when, metadata, allowDuplicate, late, sandbox, broad, url);
    }

    /** What follows it on a target. */
    List<ThreadPart> threadOf(NewTarget target) {
        return target.thread() == null ? thread : target.thread();
    }

    /** The same on these accounts and no others. */
    NewPost to(List<NewTarget> named) {
        return new NewPost(text, thread, named, when, metadata, allowDuplicate, late, sandbox, List.of(), webhookUrl);
    }

    /** The same on other accounts, one for each target in their order. */
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
     * @param text said here in place of the common one; null for the common one
     * @param thread what follows here in place of the common thread; null for the common one
     * @param place where the caller named it, among all targets, for errors; null where that is its place in the list
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

        public NewTarget(AccountId account, @Nullable String text, Map<String, Object> settings) {
            this(account, text, null, settings, null);
        }
    }

    /**
     * All accounts of a kind that are not disconnected, but those that another target names.
     *
     * @param text said there in place of the common one; null for the common one
     * @param thread what follows there in place of the common thread; null for the common one
     * @param place where the caller named it, among all targets
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

    /** Which accounts a broad target stands for. */
    public sealed interface Audience {
        record Group(AccountGroupId id) implements Audience {}

        record OnPlatform(Platform platform) implements Audience {}
    }

    /** When it is to go out. */
    public sealed interface When {
        record Draft() implements When {}

        record Now() implements When {}

        /**
         * At this instant of business time.
         *
         * @param allowPast whether a time that has passed means now; without it such a time is refused
         */
        record At(Instant time, boolean allowPast) implements When {}
    }
}
