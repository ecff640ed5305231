package dev.carillon.core.publication;

import dev.carillon.core.kernel.AccountId;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one revision of a post says, to everybody and to each target; never changed once it is stored.
 *
 * @param text said where a target has no text of its own
 * @param thread what follows it, where a target has no thread of its own
 * @param targets by the account's id
 */
@Serdeable
public record RevisionContent(String text, List<ThreadPart> thread, Map<String, TargetContent> targets) {
    public RevisionContent {
        // Revisions that were stored before there were threads have none.
        thread = List.copyOf(Objects.requireNonNullElse(thread, List.of()));
        targets = Map.copyOf(targets);
    }

    /**
     * What one target says differently.
     *
     * @param thread null for the common one
     */
    @Serdeable
    public record TargetContent(
            @Nullable String text, @Nullable List<ThreadPart> thread, Map<String, Object> settings) {
        public static final TargetContent SAME = new TargetContent(null, null, Map.of());

        public TargetContent {
            thread = thread == null ? null : List.copyOf(thread);
            settings = Map.copyOf(settings);
        }
    }

    /** What a publication says. */
    public String textOf(Publication publication) {
        return textFor(publication.account(), publication.part());
    }

    /**
     * What is said on an account.
     *
     * @param part 0 for the post itself
     */
    public String textFor(AccountId account, int part) {
        if (part > 0) {
            return threadFor(account).get(part - 1).text();
        }
        var own = target(account).text();
        return own == null ? text : own;
    }

    /** What follows the post itself on an account. */
    public List<ThreadPart> threadFor(AccountId account) {
        var own = target(account).thread();
        return own == null ? thread : own;
    }

    public Map<String, Object> settingsFor(AccountId account) {
        return target(account).settings();
    }

    private TargetContent target(AccountId account) {
        return targets.getOrDefault(account.toString(), TargetContent.SAME);
    }

    /** The text of a post is nobody's business in a log. */
    @Override
    public String toString() {
        return "RevisionContent[targets=" + targets.keySet() + "]";
    }
}
