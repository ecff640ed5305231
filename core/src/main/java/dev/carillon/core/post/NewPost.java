package dev.carillon.core.post;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.pacing.LateWish;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants posted, not yet checked against any platform.
 *
 * @param allowDuplicate whether it is posted even where an account says the same already
 * @param late what is to become of it when it is late
 * @param sandbox whether the sandbox is to play it, whatever the caller's mode
 */
public record NewPost(
        String text,
        List<NewTarget> targets,
        When when,
        Map<String, Object> metadata,
        boolean allowDuplicate,
        LateWish late,
        boolean sandbox) {
    public NewPost {
        targets = List.copyOf(targets);
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

    /** The same on other accounts, one for each target in their order. */
    NewPost on(List<AccountId> accounts) {
        var moved = IntStream.range(0, targets.size())
                .mapToObj(n -> new NewTarget(
                        accounts.get(n), targets.get(n).text(), targets.get(n).settings()))
                .toList();
        return new NewPost(text, moved, when, metadata, allowDuplicate, late, sandbox);
    }

    /**
     * One account to post to.
     *
     * @param text said here in place of the common one; null for the common one
     */
    public record NewTarget(AccountId account, @Nullable String text, Map<String, Object> settings) {
        public NewTarget {
            settings = Map.copyOf(settings);
        }
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
